import { clearTimeout, setImmediate, setTimeout } from "node:timers";

export type Crowd = {
  /** Counts the work in, from its start to its end. */
  join: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** A place where `size` at the most wait for each other before each makes its call. */
  room: (size: number) => Room;
};

type Room = <Result>(call: () => Promise<Result>) => Promise<Result>;

/**
 * How long a room waits for more to come. Hardly at all for a few; while hundreds are at work there is a
 * backlog, and a call that goes out full saves more than the wait costs.
 */
function patience(working: number): number {
  return Math.min(4 + working ** 2 / 500, 500);
}

/**
 * Lets calls that will be made anyway wait for each other, so that they can go out as one. A room opens when
 * it is full, when all who are at work stand in a room, or when it has waited long enough: whoever is alone
 * waits for nobody.
 */
export function createCrowd(): Crowd {
  const doors: (() => void)[] = [];
  let working = 0;
  let held = 0;
  let looking = false;

  /** Those who begin in the same turn of the event loop are counted first. */
  function lookAround(): void {
    if (looking) return;
    looking = true;
    setImmediate(() => {
      looking = false;
      if (held < working) return;
      for (const open of doors) open();
    });
  }

  function room(size: number): Room {
    const here: (() => void)[] = [];
    let timer: NodeJS.Timeout | undefined;
    const open = () => {
      clearTimeout(timer);
      timer = undefined;
      held -= here.length;
      for (const letGo of here.splice(0)) letGo();
    };
    doors.push(open);
    const enter = (letGo: () => void) => {
      here.push(letGo);
      held += 1;
      if (here.length >= size) open();
      else timer ??= setTimeout(open, patience(working));
      lookAround();
    };
    return async (call) => {
      await new Promise<void>(enter);
      return call();
    };
  }

  return {
    room,
    async join(work) {
      working += 1;
      try {
        return await work();
      } finally {
        working -= 1;
        lookAround();
      }
    },
  };
}
