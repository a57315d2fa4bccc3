// What the operator's routes share.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/api/audit.h"
#include "http/api/common_parameters.h"
#include "http/api/endpoint.h"
#include "http/api/shapes.h"

namespace topupd::http {

// An id that refers to a record; none if it was not sent.
template <class Id>
Id read_id(Reader& in, const Parameter& parameter) {
  return Id{in.count(parameter).value_or(0)};
}

// The user of that username or e-mail address.  not_found
topup::Result<topup::User> user_named(const topup::View& view, const std::string& name);
// "" for none.
std::string username_of(const topup::View& view, topup::UserId user);

// The tier that everybody has first, and those that were put.
std::vector<std::string> names_of_tiers(App& app);

// One line of the log: who did what to which subject.
void log_action(const Call& call, std::string_view subject);

// A route by which an admin changes something: adds to its own refusals those of any such, and who
// may ask it.
Endpoint admin_change(Endpoint endpoint);

// The example of a list of such things: {"status":true,"data":[…]}.
std::string list_example(std::string_view one);

// Runs what an admin asks for and shows what it made; one line of the audit log and of the
// server's if it was done.  command(Tx&) gives a Result of a record, show(View, record) an object.
template <class Command, class Show>
Answer act(Call& call, Command command, Show show) {
  auto& store = call.app.store;
  const auto done = store.transact(audited(call, command));
  if (!done) return fault(done.error());
  log_action(call, subject_of(*done));
  return ok(store.read([&](const topup::View& view) { return show(view, *done); }));
}

template <class Record, class Show>
JsonList shown(Call& call, const std::vector<Record>& records, Show show) {
  return call.app.store.read([&](const topup::View& view) {
    JsonList data;
    for (const auto& record : records)
      data.add(show(view, record));
    return data;
  });
}

template <class Record, class Show>
Answer show_page(Call& call, const Page<Record>& page, Show show) {
  return ok(ListAnswer{shown(call, page.records, show), cursor_text(page.next)});
}

// A list that is short enough to be shown whole.
template <class Record, class Show>
Answer show_all(Call& call, const std::vector<Record>& records, Show show) {
  return ok(ListAnswer{shown(call, records, show), ""});
}

}  // namespace topupd::http
