#include "fuzz/targets.h"

#include <stdexcept>
#include <string>

namespace topupd::fuzz {
namespace {

constexpr Target kTargets[] = {
    {"framing", read_requests}, {"routes", ask_routes},      {"qris", read_qris},
    {"tables", read_tables},    {"settings", read_settings}, {"words", read_words},
};

}  // namespace

std::span<const Target> targets() { return kTargets; }

void must(bool holds, std::string_view sentence) {
  if (!holds) throw std::logic_error{std::string{sentence}};
}

}  // namespace topupd::fuzz
