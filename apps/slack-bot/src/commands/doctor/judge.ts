import type { Piece } from "../../blocks/answer.ts";
import { doctorWords as words } from "../../words/doctor-words.ts";
import type { Examination, ExaminedChannel } from "./examination.ts";

/** `note`: nothing is broken, but somebody may want to know. */
export type Finding = {
  state: "good" | "note" | "fault";
  said: readonly Piece[];
  /** What to do about it; null where there is nothing to do. */
  fix: string | null;
};

/** After how long something that waits is late, in milliseconds. */
const lateAfter = 5 * 60_000;

/** After how long without a delivery a source is silent, in milliseconds: a week. */
const silentAfter = 7 * 86_400_000;

/** What is well and what is not, in the order in which it is worth mending. */
export function judgeExamination(examination: Examination, now: Date): Finding[] {
  return [
    ...judgeToken(examination),
    ...judgeScopes(examination),
    ...judgeChannels(examination),
    ...judgeStrangers(examination),
    ...judgeBacklog(examination, now),
    ...judgeDeadLetters(examination),
    ...examination.sources.map((source) => judgeSource(source, now)),
  ];
}

function good(...said: Piece[]): Finding {
  return { state: "good", said, fix: null };
}

function judgeToken({ token, paused }: Examination): Finding[] {
  const pause: Finding[] =
    paused === null
      ? []
      : [{ state: "fault", said: [words.paused(paused.code)], fix: paused.advice }];
  switch (token.kind) {
    case "works":
      return [good(words.tokenWorks), ...pause];
    case "refused":
      return [
        { state: "fault", said: [words.tokenRefused(token.code)], fix: token.advice },
        ...pause,
      ];
    case "away":
      return [{ state: "fault", said: [words.slackAway], fix: words.waitForSlack }, ...pause];
  }
}

function judgeScopes({ token, neededScopes }: Examination): Finding[] {
  if (token.kind !== "works" || token.scopes === null) return [];
  const { scopes } = token;
  const missing = neededScopes.filter((scope) => !scopes.includes(scope));
  const unused = scopes.filter((scope) => !neededScopes.includes(scope));
  const findings: Finding[] = [];
  if (missing.length > 0) {
    findings.push({
      state: "fault",
      said: [words.missingScopes(missing)],
      fix: words.installAnew,
    });
  } else findings.push(good(words.scopesAreThere));
  if (unused.length > 0) {
    findings.push({ state: "note", said: [words.unusedScopes(unused)], fix: words.fewerScopes });
  }
  return findings;
}

function judgeChannels({ channels, channelsLeftOut }: Examination): Finding[] {
  const broken = channels.flatMap(judgeChannel);
  const well = channels.length - new Set(broken.map(({ channel }) => channel)).size;
  const findings = broken.map(({ finding }) => finding);
  if (channels.length === 0) {
    return [{ state: "note", said: [words.noChannels], fix: words.subscribe }];
  }
  if (well > 0) findings.unshift(good(words.channelsWell(well)));
  if (channelsLeftOut > 0) {
    findings.push({ state: "note", said: [words.channelsLeftOut(channelsLeftOut)], fix: null });
  }
  return findings;
}

function judgeChannel(examined: ExaminedChannel): { channel: string; finding: Finding }[] {
  const { channel, standing, stopped } = examined;
  const fault = (said: Piece[], fix: string) => ({
    channel,
    finding: { state: "fault", said, fix } satisfies Finding,
  });
  const faults = [];
  switch (standing) {
    case "member":
      break;
    case "not-member":
      faults.push(fault(words.notMember(channel), words.invite));
      break;
    case "archived":
      faults.push(fault(words.archived(channel), words.unarchive));
      break;
    case "not-found":
      faults.push(fault(words.notFound(channel), words.inviteOrRemove));
      break;
    case "unknown":
      faults.push(fault(words.notLookedAt(channel), words.waitForSlack));
  }
  if (stopped !== null) {
    faults.push(fault(words.stopped(channel, stopped.code), words.subscribeAgain));
  }
  return faults;
}

function judgeStrangers({ strangers }: Examination): Finding[] {
  if (strangers.length === 0) return [good(words.ownersKnown)];
  return [{ state: "fault", said: [words.strangers(strangers)], fix: words.connect }];
}

function judgeBacklog({ backlog: { waiting, since } }: Examination, now: Date): Finding[] {
  if (waiting === 0 || since === null) return [good(words.nothingWaits)];
  const isLate = now.getTime() - since.getTime() > lateAfter;
  const said = words.waits(waiting, since);
  return isLate ? [{ state: "fault", said, fix: words.whyItWaits }] : [good(...said)];
}

function judgeDeadLetters({ deadLetters }: Examination): Finding[] {
  const given = deadLetters.filter(({ waiting }) => waiting > 0);
  if (given.length === 0) return [good(words.nothingGivenUp)];
  return given.map(({ destination, waiting }) => ({
    state: "fault",
    said: [words.givenUp(destination, waiting)],
    fix: words.redrive(destination),
  }));
}

function judgeSource({ name, lastAt }: Examination["sources"][number], now: Date): Finding {
  if (lastAt === null) {
    return { state: "fault", said: [words.neverHeard(name)], fix: words.checkWebhook(name) };
  }
  const said = words.lastHeard(name, lastAt);
  const isSilent = now.getTime() - lastAt.getTime() > silentAfter;
  return isSilent ? { state: "note", said, fix: words.checkWebhook(name) } : good(...said);
}
