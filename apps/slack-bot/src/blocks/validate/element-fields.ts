import { z } from "zod";
import { slackLimits as limits } from "../limits.ts";
import { Confirm, plainText } from "./texts.ts";

export const actionable = { action_id: z.string().min(1).max(limits.actionId) };
export const confirmable = { confirm: Confirm.optional() };
export const focusable = { focus_on_load: z.boolean().optional() };
export const common = { ...actionable, ...confirmable, ...focusable };
export const menu = { ...common, placeholder: plainText(limits.placeholder).optional() };
