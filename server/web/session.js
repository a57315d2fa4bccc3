// Who is logged in, with the balances, and what the shop allows.

import { ask, forgetAnswers, loggedOut, tell } from "./api.js";
import { loadAdminWords } from "./i18n.js";
import { shared } from "./lib.js";
import { startLive, stopLive } from "./live.js";

// {state: "unknown" | "out" | "in" | "unreachable", user}
export const session = shared({ state: "unknown", user: undefined });

// What /api/shop answers; safe guesses until it has.
export const shop = shared({
  sandbox: false,
  qris: true,
  needs_admin: false,
  deposit_min: 10000,
  deposit_max: 10000000,
  deposit_fee: 0,
  withdraw_min: 10000,
  withdraw_fee: 0,
  dropship_fee: 0,
});

export async function loadShop() {
  try {
    shop.set((await ask("/api/shop")).data);
  } catch {
    // The server checks every amount again.
  }
}

// Whether an admin has the second factor that he needs.
async function isSecure() {
  const { enabled, required } = (await ask("/api/auth/otp")).data;
  return enabled || !required;
}

export async function refresh() {
  try {
    const user = (await ask("/api/user/me")).data;
    if (user.role === "admin") {
      await loadAdminWords();
      user.isSecure = session.get().user?.isSecure || await isSecure();
    }
    session.set({ state: "in", user });
  } catch (error) {
    const isOut = error.status === 401 || error.status === 403;
    if (isOut) session.set({ state: "out", user: undefined });
    else if (session.get().state !== "in") session.set({ state: "unreachable", user: undefined });
  }
}

export async function logIn(userId, password, otp) {
  await tell("/api/auth/session", { user_id: userId, password, otp });
  await refresh();
}

export async function logOut() {
  try {
    await tell("/api/auth/logout");
  } finally {
    session.set({ state: "out", user: undefined });
  }
}

session.listen(() => {
  if (session.get().state === "in") return startLive();
  forgetAnswers();
  return stopLive();
});

loggedOut.listen(() => {
  if (session.get().state === "in") session.set({ state: "out", user: undefined, ended: true });
});
