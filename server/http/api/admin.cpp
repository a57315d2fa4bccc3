#include "http/api/admin.h"

#include "http/api/text.h"

namespace topupd::http {

topup::Result<topup::User> user_named(const topup::View& view, const std::string& name) {
  const auto folded = to_lower_ascii(name);
  auto user = view.user_by_username(folded);
  if (!user) user = view.user_by_email(folded);
  if (!user) return topup::Error{topup::Code::not_found, std::string{kUserName.name}};
  return *std::move(user);
}

std::string username_of(const topup::View& view, topup::UserId user) {
  auto found = user ? view.user(user) : std::nullopt;
  return found ? found->username : "";
}

std::vector<std::string> names_of_tiers(App& app) {
  std::vector<std::string> names{std::string{topup::kDefaultTier}};
  for (const auto& tier : app.lists.tiers())
    if (tier.name != topup::kDefaultTier) names.push_back(tier.name);
  return names;
}

void log_action(const Call& call, std::string_view subject) {
  call.app.log.info("admin action", {{"request_id", call.request.id},
                                     {"admin", call.user.username},
                                     {"route", call.request.path},
                                     {"subject", subject}});
}

Endpoint admin_change(Endpoint endpoint) {
  endpoint.effect = Effect::changes;
  endpoint.access = Access::admin;
  endpoint.refusals.insert(endpoint.refusals.end(),
                           {ErrorCode::invalid_parameter, ErrorCode::forbidden,
                            ErrorCode::unavailable, ErrorCode::outcome_unknown});
  return endpoint;
}

std::string list_example(std::string_view one) {
  constexpr std::string_view kData = "\"data\":";
  const auto begin = one.find(kData) + kData.size();
  std::string list{one.substr(0, begin)};
  list += '[';
  list += one.substr(begin, one.size() - 1 - begin);
  return list + "]}";
}

}  // namespace topupd::http
