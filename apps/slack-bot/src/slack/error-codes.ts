/** How a code is treated. `laterSeconds`: certainly not done, worth another try after that long. */
export type Treatment =
  | "gone"
  | "credentials"
  | "target"
  | "policy"
  | "our-bug"
  | "refused"
  | "in-doubt"
  | { laterSeconds: number };

/** What an admin can do about it. */
export const advice = {
  gone: "The message was deleted in Slack or can no longer be edited; a new one takes its place.",
  credentials:
    "Install the Slack app again with the scopes of its manifest, and set SLACK_BOT_TOKEN to the new bot token.",
  target:
    "The channel must exist, be open for posts, and have the app as a member (/invite @Countersign). Then type /contract subscribe there.",
  policy:
    "A policy of the Slack workspace forbids it; a workspace admin can allow it for this app.",
  "our-bug": "The message is one that Slack cannot take; report it with the contract's id.",
  refused: "Look the code up at https://docs.slack.dev/reference/methods.",
} as const;

/**
 * Slack's codes for chat.postMessage, chat.update, conversations.history and conversations.replies, and
 * those of every method (https://docs.slack.dev/reference/methods, May 2026). The grouping is ours.
 */
export const codes: ReadonlyMap<string, Treatment> = new Map<string, Treatment>([
  ...all("gone", "message_not_found cant_update_message edit_window_closed"),
  ...all("gone", "thread_not_found file_is_deleted file_deleted streaming_state_conflict"),
  ...all(
    "credentials",
    "invalid_auth not_authed account_inactive token_revoked token_expired missing_scope",
  ),
  ...all("credentials", "not_allowed_token_type team_access_not_granted no_permission"),
  ...all("credentials", "access_denied two_factor_setup_required enterprise_is_restricted"),
  ...all("credentials", "accesslimited team_not_found"),
  ...all("target", "channel_not_found not_in_channel is_archived is_inactive user_not_found"),
  ...all("target", "users_not_found user_disabled user_not_visible messages_tab_disabled"),
  ...all("target", "restricted_action restricted_action_read_only_channel"),
  ...all("target", "restricted_action_thread_only_channel restricted_action_thread_locked"),
  ...all("target", "restricted_action_non_threadable_channel cannot_reply_to_message"),
  ...all("target", "channel_is_limited_access posting_to_channel_denied app_access_restricted"),
  ...all("target", "method_not_supported_for_channel_type"),
  ...all("policy", "ekm_access_denied slack_connect_canvas_sharing_blocked"),
  ...all("policy", "slack_connect_file_link_sharing_blocked slack_connect_lists_sharing_blocked"),
  ...all("policy", "slack_connect_blocked_file_type slack_connect_clip_sharing_blocked"),
  ...all("policy", "slack_connect_file_upload_sharing_blocked unable_to_share_files"),
  ...all("our-bug", "invalid_blocks invalid_blocks_format msg_blocks_too_long msg_too_long"),
  ...all("our-bug", "no_text invalid_arguments metadata_too_large too_many_attachments"),
  ...all("our-bug", "view_too_large invalid_metadata_format invalid_metadata_schema"),
  ...all("our-bug", "metadata_must_be_sent_from_app markdown_text_conflict block_mismatch"),
  ...all("our-bug", "attachment_payload_limit_exceeded invalid_attachments missing_file_data"),
  ...all("our-bug", "too_many_contact_cards as_user_not_supported blocked_file_type"),
  ...all("our-bug", "cant_broadcast_message no_dual_broadcast_content_update file_not_found"),
  ...all("our-bug", "file_share_limit_reached max_file_sharing_exceeded invalid_arg_name"),
  ...all("our-bug", "invalid_array_arg invalid_charset invalid_form_data invalid_post_type"),
  ...all("our-bug", "missing_post_type deprecated_endpoint method_deprecated"),
  ...all("our-bug", "draft_already_deleted draft_already_sent draft_has_conflict draft_not_found"),
  ...all("our-bug", "duplicate_channel_not_found duplicate_message_not_found invalid_cursor"),
  ...all("our-bug", "invalid_metadata_filter_keys invalid_ts_latest invalid_ts_oldest"),
  ...all("our-bug", "list_record_comment_fetch_failed"),
  ...all("in-doubt", "internal_error fatal_error service_unavailable update_failed"),
  ...all({ laterSeconds: 30 }, "ratelimited rate_limited request_timeout"),
  ...all({ laterSeconds: 300 }, "team_added_to_org org_login_required external_channel_migrating"),
  ...all({ laterSeconds: 3_600 }, "message_limit_exceeded"),
]);

function all(treatment: Treatment, names: string): [string, Treatment][] {
  return names.split(" ").map((name) => [name, treatment]);
}
