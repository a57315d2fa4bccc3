// Hooks that pages share.

import { useCallback, useEffect, useRef, useState } from "./lib.js";

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
  const latest = useRef(work);
  latest.current = work;
  useEffect(() => {
    if (!active) return undefined;
    let timer = 0;
    let over = false;
    const next = () => {
      clearTimeout(timer);
      if (!over && !document.hidden) timer = setTimeout(turn, every);
    };
    const turn = async () => {
      try {
        await latest.current();
      } finally {
        next();
      }
    };
    const onShow = () => {
      clearTimeout(timer);
      if (!document.hidden) turn();
    };
    document.addEventListener("visibilitychange", onShow);
    next();
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onShow);
    };
  }, [every, active]);
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

// A list in pages: load(cursor) gives {data, next_cursor}.
export function usePages(load, deps) {
  const [more, setMore] = useState({ rows: [], cursor: undefined, busy: false, error: undefined });
  const first = useLoad(load, deps);
  useEffect(() => {
    setMore({ rows: [], cursor: first.data?.next_cursor, busy: false, error: undefined });
  }, [first.data]);
  const loadMore = async () => {
    setMore((old) => ({ ...old, busy: true, error: undefined }));
    try {
      const page = await load(more.cursor);
      setMore((old) => ({
        rows: [...old.rows, ...page.data],
        cursor: page.next_cursor,
        busy: false,
        error: undefined,
      }));
    } catch (error) {
      setMore((old) => ({ ...old, busy: false, error }));
    }
  };
  return {
    rows: first.data && [...first.data.data, ...more.rows],
    error: first.error,
    loading: first.loading,
    reload: first.reload,
    hasMore: Boolean(more.cursor),
    loadMore,
    loadingMore: more.busy,
    moreError: more.error,
  };
}
