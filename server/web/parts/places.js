// The places of the menu, by who is logged in.

// page: the first word of the address; also: addresses that belong to it.
const ofResellers = [
  { page: "", icon: "home", name: "nav.home" },
  { page: "services", icon: "grid", name: "nav.services", also: ["order"] },
  { page: "orders", icon: "orders", name: "nav.orders" },
  { page: "deposits", icon: "wallet", name: "nav.deposits" },
  { page: "statement", icon: "statement", name: "nav.statement", text: "nav.statement.text" },
  { page: "withdraw", icon: "cash", name: "nav.withdraw", text: "nav.withdraw.text" },
  { page: "api", icon: "key", name: "nav.api", text: "nav.api.text" },
  { page: "security", icon: "shield", name: "nav.security", text: "nav.security.text" },
];

const ofAdmins = [
  { page: "", icon: "home", name: "nav.home" },
  { page: "queue", icon: "alert", name: "nav.queue" },
  { page: "orders", icon: "orders", name: "nav.orders" },
  { page: "users", icon: "user", name: "nav.users", also: ["tiers"] },
  { page: "withdrawals", icon: "cash", name: "nav.withdrawals", text: "nav.withdrawals.text" },
  { page: "deposits", icon: "qr", name: "nav.deposits", text: "admin.deposits.text" },
  { page: "catalogue", icon: "grid", name: "nav.catalogue", text: "nav.catalogue.text" },
  { page: "reports", icon: "statement", name: "nav.reports", text: "nav.reports.text" },
  { page: "treasury", icon: "wallet", name: "nav.treasury", text: "nav.treasury.text" },
  { page: "audit", icon: "eye", name: "nav.audit", text: "nav.audit.text" },
  { page: "settings", icon: "info", name: "nav.settings", text: "nav.settings.text" },
  { page: "security", icon: "shield", name: "nav.security", text: "nav.security.text" },
];

// As many as fit beside "more" at the bottom of a phone.
const tabs = 4;

export function placesOf(role) {
  const all = role === "admin" ? ofAdmins : ofResellers;
  return { all, onPhones: all.slice(0, tabs), elsewhere: all.slice(tabs) };
}

export function isAt(place, page) {
  return place.page === page || Boolean(place.also?.includes(page));
}
