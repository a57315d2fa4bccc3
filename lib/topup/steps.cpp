#include "topup/steps.h"

#include "topup/words.h"

namespace topup {
namespace {

constexpr Words<Subject, 8> kSubjects{{
    {Subject::order, "order"},
    {Subject::attempt, "attempt"},
    {Subject::charge, "charge"},
    {Subject::receipt, "receipt"},
    {Subject::withdrawal, "withdrawal"},
    {Subject::adjustment, "adjustment"},
    {Subject::prefund, "prefund"},
    {Subject::user, "user"},
}};
static_assert(kSubjects.in_order());

}  // namespace

std::string_view name(Subject subject) { return kSubjects.word(subject); }
std::optional<Subject> subject_from(std::string_view word) { return kSubjects.from(word); }

}  // namespace topup
