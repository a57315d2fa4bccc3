#include "http/api/auth.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "api_key.h"
#include "http/api/credentials.h"
#include "http/api/text.h"
#include "http/edge_address.h"

namespace topupd::http {

namespace {

constexpr int kSessionPerMinute = 600;

std::string_view cookie_name(std::string_view public_url) {
  return public_url.starts_with("https:") ? "__Host-topup_session" : "topup_session";
}

// "https://example.com" of "https://example.com/shop".
std::string_view origin_of(std::string_view url) {
  const auto authority = url.find("://");
  if (authority == std::string_view::npos) return url;
  return url.substr(0, url.find('/', authority + 3));
}

std::string_view sent_key(const Request& request) {
  if (const auto header = request.header("x-api-key"); !header.empty()) return header;
  const auto header = request.header("authorization");
  constexpr std::string_view kScheme = "bearer ";
  if (to_lower_ascii(header.substr(0, kScheme.size())) == kScheme)
    return trimmed(header.substr(kScheme.size()));
  for (const auto& [name, value] : request.query)
    if (name == "apikey") return value;
  return {};
}

std::string_view sent_session(const Request& request, std::string_view name) {
  auto header = request.header("cookie");
  while (!header.empty()) {
    const auto cookie = header.substr(0, header.find(';'));
    header.remove_prefix(std::min(header.size(), cookie.size() + 1));
    const auto pair = trimmed(cookie);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
      return pair.substr(name.size() + 1);
  }
  return {};
}

// A tier that says what every tier says by default goes by the configuration.
std::int64_t requests_per_minute(const Config::Limits& limits,
                                 const std::optional<topup::Tier>& tier) {
  const bool is_default = !tier || tier->api_per_minute == topup::Tier{}.api_per_minute;
  return limits.api_per_minute == 0 || is_default ? limits.api_per_minute : tier->api_per_minute;
}

// An admin of a shop with real money sets his second factor before anything else.
Fault without_second_factor() {
  Fault fault{ErrorCode::forbidden, "otp"};
  fault.pesan = "Aktifkan verifikasi dua langkah di dasbor lebih dulu.";
  fault.message = "Set up the second factor in the dashboard first.";
  return fault;
}

std::optional<Fault> refused(const App& app, const topup::User& user, Access access,
                             const Request& request) {
  const bool is_admin = user.role == topup::Role::admin;
  if (user.suspended) return Fault{ErrorCode::account_suspended};
  if (!is_allowed_from(user, request.client)) return Fault{ErrorCode::ip_not_allowed};
  if (access == Access::admin && !is_admin) return Fault{ErrorCode::forbidden};
  if (access == Access::reseller && is_admin) return Fault{ErrorCode::forbidden};
  if (access == Access::admin && needs_second_factor(app, user) &&
      user.credentials.otp_sealed.empty())
    return without_second_factor();
  return std::nullopt;
}

std::variant<Caller, Fault> by_key(App& app, const Endpoint& endpoint, const Request& request,
                                   std::string_view key) {
  if (!looks_like_api_key(key)) return Fault{ErrorCode::invalid_api_key};
  const auto known = app.callers.by_key(key);
  if (!known || known->user.role == topup::Role::admin) return Fault{ErrorCode::invalid_api_key};
  const auto& user = known->user;
  if (auto fault = refused(app, user, endpoint.access, request)) return *std::move(fault);
  return Caller{{known, &user},
                "key:" + std::to_string(user.id.value),
                requests_per_minute(app.config.limits, known->tier),
                ""};
}

}  // namespace

bool is_same_site(const Request& request, std::string_view public_url) {
  const auto site = request.header("sec-fetch-site");
  return site == "same-origin" || site == "none" ||
         request.header("origin") == origin_of(public_url);
}

bool is_cross_site(const Request& request, std::string_view public_url) {
  const bool is_told =
      !request.header("sec-fetch-site").empty() || !request.header("origin").empty();
  return is_told && !is_same_site(request, public_url);
}

bool is_allowed_from(const topup::User& user, std::string_view address) {
  if (user.allowed_addresses.empty()) return true;
  const auto ip = IpAddress::parse(address);
  return ip && std::any_of(user.allowed_addresses.begin(), user.allowed_addresses.end(),
                           [&](const std::string& allowed) {
                             const auto network = IpNetwork::parse(allowed);
                             return network && network->contains(*ip);
                           });
}

std::variant<Caller, Fault> authenticate(App& app, const Endpoint& endpoint,
                                         const Request& request) {
  if (const auto key = sent_key(request); !key.empty()) return by_key(app, endpoint, request, key);

  const auto& public_url = app.public_url;
  const auto token = sent_session(request, cookie_name(public_url));
  if (token.empty()) return Fault{ErrorCode::invalid_api_key};
  const auto id = app.sessions.use(token, app.clock.now());
  if (!id) return Fault{ErrorCode::invalid_api_key};
  const bool is_safe = endpoint.effect == Effect::reads && request.method != "POST";
  if (!is_safe && !is_same_site(request, public_url)) return Fault{ErrorCode::forbidden};
  auto user = app.store.read([&](const topup::View& view) { return view.user(*id); });
  if (!user || !app.sessions.is_current(token, *user)) return Fault{ErrorCode::invalid_api_key};
  if (auto fault = refused(app, *user, endpoint.access, request)) return *std::move(fault);
  return Caller{std::make_shared<const topup::User>(*std::move(user)),
                "session:" + std::to_string(id->value), kSessionPerMinute, std::string{token}};
}

std::string new_session(App& app, const topup::User& user, topup::Timestamp now) {
  const auto token = app.sessions.open(user, now);
  CookieLife life;
  if (user.role == topup::Role::reseller) life.age_max = session_life(user.role).age_max;
  return session_cookie(app.public_url, token, life);
}

std::string session_cookie(std::string_view public_url, std::string_view token, CookieLife life) {
  std::string cookie{cookie_name(public_url)};
  cookie += '=';
  cookie += token;
  if (life.age_max) cookie += "; Max-Age=" + std::to_string(life.age_max->count());
  cookie += "; Path=/; HttpOnly; SameSite=Strict";
  if (public_url.starts_with("https:")) cookie += "; Secure";
  return cookie;
}

std::string no_session_cookie(std::string_view public_url) {
  return session_cookie(public_url, "", {std::chrono::seconds{0}});
}

}  // namespace topupd::http
