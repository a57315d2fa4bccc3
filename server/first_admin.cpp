#include "first_admin.h"

#include <fstream>
#include <system_error>
#include <utility>

#include "crypto.h"

namespace topupd {

FirstAdmin::FirstAdmin(topup::Store& store, std::filesystem::path file) : file_{std::move(file)} {
  std::error_code missing;
  std::filesystem::remove(file_, missing);
  const bool has_admin = store.read([](const topup::View& view) { return !view.admins().empty(); });
  if (has_admin) return;
  token_ = random_token();
  std::ofstream{file_} << token_ << '\n';  // 0600, as the umask of the data directory says
}

std::string FirstAdmin::token() const {
  const std::lock_guard lock{mutex_};
  return token_;
}

bool FirstAdmin::accepts(std::string_view token) const {
  const auto mine = this->token();
  return !mine.empty() && constant_time_equal(mine, token);
}

void FirstAdmin::has_come() {
  const std::lock_guard lock{mutex_};
  token_.clear();
  std::error_code missing;
  std::filesystem::remove(file_, missing);
}

}  // namespace topupd
