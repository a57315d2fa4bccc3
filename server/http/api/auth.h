// Who asks: by API key, or by the dashboard's session cookie.

#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "app.h"
#include "http/api/endpoint.h"
#include "http/api/errors.h"
#include "http/message.h"
#include "topup/user.h"

namespace topupd::http {

struct Caller {
  std::shared_ptr<const topup::User> user = std::make_shared<const topup::User>();  // or nobody
  std::string limit_key;   // under which his requests are counted
  std::int64_t limit = 0;  // a minute; 0: not counted
  std::string session;     // the token; empty if an API key was sent
};

// invalid_api_key, forbidden (the wrong kind of user, or a cookie sent from another site),
// account_suspended, ip_not_allowed
std::variant<Caller, Fault> authenticate(App& app, const Endpoint& endpoint,
                                         const Request& request);

// Whether the user may ask from that address.
bool is_allowed_from(const topup::User& user, std::string_view address);

// Whether the browser says, or its headers prove, that the request comes from our own pages.
bool is_same_site(const Request& request, std::string_view public_url);
// Whether the browser says that it comes from elsewhere.
bool is_cross_site(const Request& request, std::string_view public_url);

struct CookieLife {
  std::optional<std::chrono::seconds> age_max = {};  // empty: until the browser is closed
};

// Opens a session for the user; its Set-Cookie.
std::string new_session(App& app, const topup::User& user, topup::Timestamp now);

// Set-Cookie for a session, and for the end of one.
std::string session_cookie(std::string_view public_url, std::string_view token, CookieLife life);
std::string no_session_cookie(std::string_view public_url);

}  // namespace topupd::http
