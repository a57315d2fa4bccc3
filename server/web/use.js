// Hooks that pages share.

import { useCallback, useEffect, useRef, useState } from "./lib.js";
import { hear, isLive } from "./live.js";

// The present value of something shared.
export function useShared(source) {
  const [, redraw] = useState(0);
  useEffect(() => source.listen(() => redraw((n) => n + 1)), [source]);
  return source.get();
}

// Loads when `deps` change: {data, error, loading, reload}.  What was loaded before stays while
// the next is on its way.
export function useLoad(load, deps) {
  const [state, setState] = useState({ data: undefined, error: undefined, loading: true });
  const turn = useRef(0);
  const run = useCallback(async () => {
    const mine = ++turn.current;
    setState((old) => ({ ...old, loading: true }));
    try {
      const data = await load();
      if (mine === turn.current) setState({ data, error: undefined, loading: false });
    } catch (error) {
      if (mine === turn.current) setState((old) => ({ ...old, error, loading: false }));
    }
  }, deps);
  useEffect(() => {
    run();
    return () => {
      turn.current += 1;
    };
  }, [run]);
  return { ...state, reload: run };
}

// Calls `work` every so many milliseconds while `active` and the page is looked at; at once when
// it is looked at again.  A call that has not ended is not overtaken.
export function usePoll(work, every, active) {
  useTurns(work, { first: every, rest: every, active, isTold: false });
}

const restUntold = 10_000;
const restTold = 60_000;

// While `active`, calls `work` when something has changed; where nobody tells, every 10 s.  What
// changed before anybody told is found at the first turn.
export function useNews(work, active) {
  const isTold = useShared(isLive);
  useTurns(work, { first: restUntold, rest: isTold ? restTold : restUntold, active, isTold });
}

const soon = 150; // milliseconds: news come in bursts
const calm = 2000; // from one turn to the next, however much is new

// The turns of both: not while the page is out of sight, but at once when it is looked at again and
// something may have been missed.
function useTurns(work, { first, rest, active, isTold }) {
  const latest = useRef(work);
  latest.current = work;
  useEffect(() => {
    if (!active) return undefined;
    let timer = 0;
    let last = 0;
    let busy = false;
    let missed = false;
    let over = false;
    const after = (wait) => {
      clearTimeout(timer);
      if (!over && !document.hidden) timer = setTimeout(turn, wait);
    };
    const turn = async () => {
      busy = true;
      missed = false;
      last = Date.now();
      try {
        await latest.current();
      } finally {
        busy = false;
        after(missed ? calm : rest);
      }
    };
    const onNews = () => {
      missed = true;
      if (!busy) after(Math.max(soon, last + calm - Date.now()));
    };
    const onShow = () => {
      clearTimeout(timer);
      if (document.hidden || busy) return;
      if (missed || !isTold) turn();
      else after(rest);
    };
    document.addEventListener("visibilitychange", onShow);
    const deafen = isTold ? hear(onNews) : () => {};
    after(first);
    return () => {
      over = true;
      clearTimeout(timer);
      deafen();
      document.removeEventListener("visibilitychange", onShow);
    };
  }, [first, rest, active, isTold]);
}

// The moment, anew every second while `active`.
export function useNow(active) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [active]);
  return now;
}

const emptyPagesMost = 10;

// The next page that holds something: a search may give empty ones and go on.
async function nextPage(load, cursor) {
  let page = await load(cursor);
  for (let i = 1; i < emptyPagesMost && !page.data.length && page.next_cursor; i += 1)
    page = await load(page.next_cursor);
  return page;
}

// A list in pages: load(cursor) gives {data, next_cursor}.
export function usePages(load, deps) {
  const first = useLoad(load, deps);
  const [kept, keep] = useState({});
  // What was loaded after another first page is of no use.
  const wentOn = Boolean(first.data) && kept.after === first.data;
  const more = wentOn ? kept : { rows: [], cursor: first.data?.next_cursor, busy: false };
  const loadMore = async () => {
    const { rows, cursor } = more;
    const after = first.data;
    keep({ after, rows, cursor, busy: true });
    const put = (news) => keep((old) => (old.after === after ? { ...old, ...news } : old));
    try {
      const page = await nextPage(load, cursor);
      put({ rows: [...rows, ...page.data], cursor: page.next_cursor, busy: false });
    } catch (error) {
      put({ busy: false, error });
    }
  };
  return {
    rows: first.data && [...first.data.data, ...more.rows],
    error: first.error,
    loading: first.loading,
    reload: first.reload,
    hasMore: Boolean(more.cursor),
    loadMore,
    wentOn, // more than the first page was asked for
    loadingMore: more.busy,
    moreError: more.error,
  };
}
