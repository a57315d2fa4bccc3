#include "topup/checker_seals.h"

namespace topup::checking {
namespace {

constexpr std::string_view kOther = " is not as it was sealed, or what stood before it is missing";

}  // namespace

std::string where(const Step& step) {
  return std::string{name(step.subject)} + " " + std::to_string(step.id) + ": step " + step.event +
         " from " + (step.from.empty() ? "nothing" : step.from) + " to " + step.to;
}

// Goes on from the stored seal, so that one that is wrong is named once.
void Seals::posting(const StoredEntry& entry, const StoredPosting& posting) {
  ++end_.postings;
  if (check_->hash && seal_of(check_->hash, posting_, entry, posting) != posting.seal)
    fault(named("posting", posting.id.value) + " of " + named("entry", entry.id.value) + " (" +
          std::string{name(entry.kind)} + " " + std::to_string(entry.ref) + ")" +
          std::string{kOther});
  posting_ = posting.seal;
  if (check_->noted && check_->noted->postings == end_.postings) noted_posting_ = posting_;
}

void Seals::step(const Step& step) {
  ++end_.steps;
  if (check_->hash && seal_of(check_->hash, step_, step) != step.seal)
    fault(where(step) + std::string{kOther});
  step_ = step.seal;
  if (check_->noted && check_->noted->steps == end_.steps) noted_step_ = step_;
}

void Seals::record(std::string_view thing, std::int64_t id, bool is_as_made) {
  if (check_->hash && !is_as_made)
    fault(named(thing, id) + " is not what its last step made of it");
}

void Seals::finish(Report& report) {
  end_.seal = joined(posting_, step_);
  report.head = end_;
  report.sealed = check_->hash != nullptr;
  if (!check_->noted) return;
  const auto& noted = *check_->noted;
  if (noted.postings > end_.postings || noted.steps > end_.steps)
    fault("the end was cut off: " + std::to_string(noted.postings) + " postings and " +
          std::to_string(noted.steps) + " steps were noted, there are " +
          std::to_string(end_.postings) + " and " + std::to_string(end_.steps));
  else if (joined(noted_posting_, noted_step_) != noted.seal)
    fault("what leads to posting " + std::to_string(noted.postings) + " and step " +
          std::to_string(noted.steps) + " is another history than the one that was noted");
}

}  // namespace topup::checking
