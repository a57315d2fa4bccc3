#include "config_keys.h"

#include <array>

#include "rate_limiter.h"

namespace topupd {

namespace {

constexpr std::int64_t kRupiahMax = 1'000'000'000'000;
constexpr std::int64_t kQrisMax = 10'000'000;  // of one payment: charge_max in topup/policy.h

// Name, flag, least, most, help, member.  The default is the member's own.
constexpr std::array kKeys{
    ConfigKey{"server.listen", "--listen", 0, 0,
              "Where to listen: HOST:PORT, [IPv6]:PORT; port 0 takes any free one.",
              +[](Config& c) -> std::string& { return c.server.listen; }},
    ConfigKey{
        "server.unix_socket", "", 0, 0,
        "The path of a Unix socket to listen on as well, for a proxy on this machine. Who may "
        "write to it is the owner and the group of the server.",
        +[](Config& c) -> std::string& { return c.server.unix_socket; }},
    ConfigKey{"server.public_url", "--public-url", 0, 0,
              "The address that clients and customers see, http:// or https://, for links in "
              "answers; derived from server.listen if empty.",
              +[](Config& c) -> std::string& { return c.server.public_url; }},
    ConfigKey{"server.data", "--data", 0, 0,
              "The directory that holds everything; created if missing.",
              +[](Config& c) -> std::string& { return c.server.data; }},
    ConfigKey{"server.threads", "", 1, 1'024, "Threads that make answers.",
              +[](Config& c) -> std::int64_t& { return c.server.threads; }},
    ConfigKey{"server.insecure_listen", "", 0, 0,
              "Allow listening beyond this machine without TLS.",
              +[](Config& c) -> bool& { return c.server.insecure_listen; }},
    ConfigKey{
        "edge.connections_max", "", 16, 1'000'000,
        "Connections open at once, as far as the descriptor limit goes; for a further one the one "
        "idle for longest gives way.",
        +[](Config& c) -> std::int64_t& { return c.edge.connections_max; }},
    ConfigKey{"edge.request_seconds", "", 1, 3'600, "Time for a request to arrive whole.",
              +[](Config& c) -> std::chrono::seconds& { return c.edge.request_seconds; }},
    ConfigKey{"edge.idle_seconds", "", 1, 3'600,
              "Time that a connection may stay open without a request.",
              +[](Config& c) -> std::chrono::seconds& { return c.edge.idle_seconds; }},
    ConfigKey{"api.allow_get", "", 0, 0,
              "Let GET change state, for old clients that send everything so.",
              +[](Config& c) -> bool& { return c.api.allow_get; }},
    ConfigKey{"limits.api_per_minute", "", 0, RateLimiter::kQuotaMax,
              "Requests a minute for an API key, unless its tier says otherwise; 0 is no limit for "
              "any tier.",
              +[](Config& c) -> std::int64_t& { return c.limits.api_per_minute; }},
    ConfigKey{"limits.login_per_minute", "", 0, RateLimiter::kQuotaMax,
              "Logins a minute from an address; 0 is no limit.",
              +[](Config& c) -> std::int64_t& { return c.limits.login_per_minute; }},
    ConfigKey{"limits.register_per_minute", "", 0, RateLimiter::kQuotaMax,
              "Registrations a minute from an address; 0 is no limit.",
              +[](Config& c) -> std::int64_t& { return c.limits.register_per_minute; }},
    ConfigKey{"limits.public_per_minute", "", 0, RateLimiter::kQuotaMax,
              "Requests without a key a minute from an address; 0 is no limit.",
              +[](Config& c) -> std::int64_t& { return c.limits.public_per_minute; }},
    ConfigKey{"limits.connections_per_address", "", 0, 1'000'000,
              "Connections open at once from an address; 0 is no limit.",
              +[](Config& c) -> std::int64_t& { return c.limits.connections_per_address; }},
    ConfigKey{"limits.trusted_proxies", "", 0, 0,
              "Addresses or networks (10.0.0.0/8) whose X-Forwarded-For is believed.",
              +[](Config& c) -> std::vector<std::string>& { return c.limits.trusted_proxies; }},
    ConfigKey{"orders.payment_expiry_seconds", "", 20, 604'800,
              "How long a customer or a deposit has to pay.",
              +[](Config& c) -> std::chrono::seconds& { return c.orders.payment_expiry_seconds; }},
    ConfigKey{"orders.dropship_fee", "", 0, kRupiahMax,
              "Rupiah added to a reseller's cost of a dropship order.",
              +[](Config& c) -> std::int64_t& { return c.orders.dropship_fee; }},
    ConfigKey{"suppliers.calls", "", 0, 1'000,
              "Calls to one supplier at the same time; a further order waits for the end of one. "
              "With 0 nothing is sent: orders are taken and wait.",
              +[](Config& c) -> std::int64_t& { return c.suppliers.calls; }},
    ConfigKey{"deposit.min", "", 1, kQrisMax, "The smallest deposit, in rupiah.",
              +[](Config& c) -> std::int64_t& { return c.deposit.min; }},
    ConfigKey{"deposit.max", "", 1, kQrisMax,
              "The largest deposit, in rupiah; a QRIS payment is no more than ten million.",
              +[](Config& c) -> std::int64_t& { return c.deposit.max; }},
    ConfigKey{"deposit.fee", "", 0, kRupiahMax,
              "Rupiah that a deposit costs the payer at least. Surcharging a QRIS payer for the "
              "merchant's own fee is not legal in Indonesia.",
              +[](Config& c) -> std::int64_t& { return c.deposit.fee; }},
    ConfigKey{"withdraw.min", "", 1, kRupiahMax, "The smallest withdrawal of profit, in rupiah.",
              +[](Config& c) -> std::int64_t& { return c.withdraw.min; }},
    ConfigKey{"withdraw.fee", "", 0, kRupiahMax, "Rupiah that a withdrawal costs.",
              +[](Config& c) -> std::int64_t& { return c.withdraw.fee; }},
    ConfigKey{"people.retention_days", "", 0, 3'650,
              "Days after which what finished orders and withdrawals say about people is "
              "overwritten, once their reseller was erased.",
              +[](Config& c) -> std::int64_t& { return c.people.retention_days; }},
    ConfigKey{"backup.keep", "", 0, 3'650,
              "Daily backups to keep; the oldest goes when a new one is there. With 0 none is "
              "made.",
              +[](Config& c) -> std::int64_t& { return c.backup.keep; }},
    ConfigKey{"backup.hour", "", 0, 23,
              "The hour (WIB) from which on the backup of the day is made.",
              +[](Config& c) -> std::int64_t& { return c.backup.hour; }},
    ConfigKey{"backup.dir", "", 0, 0,
              "Where backups are written, best on another disk; the folder backups in server.data "
              "if empty.",
              +[](Config& c) -> std::string& { return c.backup.dir; }},
    ConfigKey{"sandbox.enabled", "", 0, 0,
              "Play money: a provider and a payment gateway inside this server.",
              +[](Config& c) -> bool& { return c.sandbox.enabled; }},
    ConfigKey{"sandbox.public", "", 0, 0, "Answer the sandbox's routes to other machines too.",
              +[](Config& c) -> bool& { return c.sandbox.is_public; }},
    ConfigKey{"sandbox.delay_ms", "", 0, 3'600'000, "How long the sandbox's slow outcomes take.",
              +[](Config& c) -> std::chrono::milliseconds& { return c.sandbox.delay_ms; }},
    ConfigKey{"metrics.token", "", 0, 0,
              "A secret that lets other machines read /metrics, as a bearer token; only this "
              "machine may if empty.",
              +[](Config& c) -> std::string& { return c.metrics.token; }, true},
    ConfigKey{"log.level", "", 0, 0, "The least that is logged; SIGHUP reads it again.",
              +[](Config& c) -> LogLevel& { return c.log.level; }},
    ConfigKey{"log.format", "", 0, 0, "How a line of the log is written.",
              +[](Config& c) -> LogFormat& { return c.log.format; }},
    ConfigKey{"log.file", "", 0, 0,
              "A file for the log, opened anew on SIGHUP; standard error if empty.",
              +[](Config& c) -> std::string& { return c.log.file; }},
};

}  // namespace

std::span<const ConfigKey> config_keys() { return kKeys; }

const ConfigKey* find_config_key(std::string_view name) {
  for (const auto& key : kKeys)
    if (key.name == name) return &key;
  return nullptr;
}

}  // namespace topupd
