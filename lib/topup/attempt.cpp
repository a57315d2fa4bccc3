#include "topup/attempt.h"

#include <charconv>

namespace topup {

std::string reference_of(AttemptId id) { return "T" + std::to_string(id.value); }

std::optional<AttemptId> attempt_id_from(std::string_view reference) {
  if (reference.size() < 2 || reference[0] != 'T' || reference[1] < '1' || reference[1] > '9')
    return std::nullopt;
  AttemptId id;
  const auto* end = reference.data() + reference.size();
  auto [stop, failure] = std::from_chars(reference.data() + 1, end, id.value);
  if (failure != std::errc{} || stop != end) return std::nullopt;
  return id;
}

}  // namespace topup
