#include "topup/user.h"

#include "topup/characters.h"
#include "topup/words.h"

namespace topup {
namespace {

constexpr Words<Role, 2> kRoles{{{Role::reseller, "reseller"}, {Role::admin, "admin"}}};
static_assert(kRoles.in_order());

bool is_username_character(char c) {
  return is_lower(c) || is_digit(c) || c == '_' || c == '.' || c == '-';
}

bool is_domain(std::string_view text) {
  if (text.size() < 3 || text.front() == '.' || text.front() == '-' || text.back() == '.' ||
      text.back() == '-')
    return false;
  if (text.find('.') == std::string_view::npos || text.find("..") != std::string_view::npos)
    return false;
  return std::ranges::all_of(
      text, [](char c) { return is_lower(c) || is_digit(c) || c == '.' || c == '-'; });
}

bool is_mailbox(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return c > ' ' && c <= '~' &&
           std::string_view{"()<>[]:;,\\\""}.find(c) == std::string_view::npos;
  });
}

}  // namespace

std::string_view name(Role role) { return kRoles.word(role); }
std::optional<Role> role_from(std::string_view word) { return kRoles.from(word); }

std::optional<std::string> username_from(std::string_view text) {
  auto username = lower(text);
  if (username.size() < 3 || username.size() > 32) return std::nullopt;
  if (!std::ranges::all_of(username, is_username_character)) return std::nullopt;
  return username;
}

std::optional<std::string> email_from(std::string_view text) {
  auto email = lower(text);
  auto at = email.find('@');
  if (email.size() > 254 || at == std::string::npos || at > 64) return std::nullopt;
  std::string_view whole{email};
  if (!is_mailbox(whole.substr(0, at)) || !is_domain(whole.substr(at + 1))) return std::nullopt;
  return email;
}

}  // namespace topup
