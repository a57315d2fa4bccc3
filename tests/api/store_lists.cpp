#include "api/store_lists.h"

#include <algorithm>

#include "topup/catalogue_commands.h"

using topupd::OrderFilter;
using topupd::Page;
using topupd::PageRequest;

namespace {

// The records that pass, newest first, as a page asks for them; ids are the cursor.
template <class Record, class Find, class Passes>
Page<Record> page_of(const topup::View& view, const PageRequest& request, Find find,
                     Passes passes) {
  using Id = decltype(Record::id);
  Page<Record> page;
  auto id = view.last_id(Id::kTable);
  if (request.after != 0) id = std::min(id, request.after - 1);
  for (; id > 0; --id) {
    auto record = find(Id{id});
    if (!record || !passes(*record)) continue;
    if (page.records.size() == static_cast<std::size_t>(request.limit)) {
      page.next = page.records.back().id.value;
      return page;
    }
    page.records.push_back(*std::move(record));
  }
  return page;
}

template <class Record, class Passes>
std::vector<Record> all_that(topup::Store& store, Passes passes) {
  std::vector<Record> found;
  store.inspect([&](const topup::Archive& archive) {
    archive.each(topup::Archive::Each<Record>{[&](const Record& record) {
      if (passes(record)) found.push_back(record);
    }});
  });
  return found;
}

bool passes(const topup::Order& order, const OrderFilter& filter) {
  return (!filter.user || order.user == filter.user) &&
         (!filter.status || topup::status_of(order.state) == *filter.status) &&
         (!filter.service || order.service == filter.service) &&
         (filter.target.empty() || order.target == filter.target) &&
         (!filter.from || order.created_at >= *filter.from) &&
         (!filter.until || order.created_at < *filter.until);
}

}  // namespace

topupd::PriceList StoreLists::price_list() {
  return store_.read([](const topup::View& view) {
    topupd::PriceList list;
    list.rules = view.price_rules();
    for (std::int64_t id = 1; id <= view.last_id(topup::Table::services); ++id) {
      const auto service = view.service(topup::ServiceId{id});  // a table may leave ids out
      if (!service) continue;
      const auto priced = topup::price_of(view, *service, topup::kDefaultTier);
      const auto cost = priced ? std::optional{priced->offer.cost} : std::nullopt;
      list.services.push_back({*service, cost});
    }
    return list;
  });
}

std::vector<topup::Offer> StoreLists::offers_in_use() {
  return store_.read([](const topup::View& view) {
    std::vector<topup::Offer> found;
    for (std::int64_t id = 1; id <= view.last_id(topup::Table::services); ++id)
      for (const auto& offer : view.offers(topup::ServiceId{id}))
        if (offer.active && view.provider(offer.provider)->active) found.push_back(offer);
    return found;
  });
}

Page<topup::Order> StoreLists::orders(const OrderFilter& filter, const PageRequest& page) {
  return store_.read([&](const topup::View& view) {
    return page_of<topup::Order>(
        view, page, [&](auto id) { return view.order(id); },
        [&](const auto& order) { return passes(order, filter); });
  });
}

Page<topup::Charge> StoreLists::deposits(topup::UserId user, const PageRequest& page) {
  return store_.read([&](const topup::View& view) {
    return page_of<topup::Charge>(
        view, page, [&](auto id) { return view.charge(id); },
        [&](const auto& charge) {
          return charge.user == user && charge.purpose == topup::ChargePurpose::deposit;
        });
  });
}

Page<topup::Withdrawal> StoreLists::withdrawals(topup::UserId user, const PageRequest& page) {
  return store_.read([&](const topup::View& view) {
    return page_of<topup::Withdrawal>(
        view, page, [&](auto id) { return view.withdrawal(id); },
        [&](const auto& withdrawal) { return withdrawal.user == user; });
  });
}

Page<topup::User> StoreLists::users(const std::string& beginning, const PageRequest& page) {
  return store_.read([&](const topup::View& view) {
    return page_of<topup::User>(
        view, page, [&](auto id) { return view.user(id); },
        [&](const auto& user) {
          return user.username.starts_with(beginning) || user.email.starts_with(beginning);
        });
  });
}

Page<topup::Withdrawal> StoreLists::withdrawals(topup::WithdrawalState state,
                                                const PageRequest& page) {
  return store_.read([&](const topup::View& view) {
    return page_of<topup::Withdrawal>(
        view, page, [&](auto id) { return view.withdrawal(id); },
        [&](const auto& withdrawal) { return withdrawal.state == state; });
  });
}

Page<topup::Adjustment> StoreLists::adjustments(topup::AdjustmentState state,
                                                const PageRequest& page) {
  return store_.read([&](const topup::View& view) {
    return page_of<topup::Adjustment>(
        view, page, [&](auto id) { return view.adjustment(id); },
        [&](const auto& adjustment) { return adjustment.state == state; });
  });
}

Page<topup::Receipt> StoreLists::receipts(topup::ReceiptState state, const PageRequest& page) {
  return store_.read([&](const topup::View& view) {
    return page_of<topup::Receipt>(
        view, page, [&](auto id) { return view.receipt(id); },
        [&](const auto& receipt) { return receipt.state == state; });
  });
}

Page<topup::Incident> StoreLists::open_incidents(const PageRequest& page) {
  return store_.read([&](const topup::View& view) {
    return page_of<topup::Incident>(
        view, page, [&](auto id) { return view.incident(id); },
        [](const auto& incident) { return !incident.closed_at; });
  });
}

Page<topup::Charge> StoreLists::deposits(const topupd::DepositFilter& filter,
                                         const PageRequest& page) {
  return store_.read([&](const topup::View& view) {
    return page_of<topup::Charge>(
        view, page, [&](auto id) { return view.charge(id); },
        [&](const auto& charge) {
          return charge.purpose == topup::ChargePurpose::deposit &&
                 (!filter.user || charge.user == filter.user) &&
                 (!filter.state || charge.state == *filter.state);
        });
  });
}

std::vector<topup::Receipt> StoreLists::receipts_of(topup::ChargeId charge) {
  return all_that<topup::Receipt>(
      store_, [&](const topup::Receipt& receipt) { return receipt.charge == charge; });
}

std::vector<topup::Step> StoreLists::history(topup::ChargeId charge) {
  const auto receipts = receipts_of(charge);
  return all_that<topup::Step>(store_, [&](const topup::Step& step) {
    if (step.subject == topup::Subject::charge) return step.id == charge.value;
    return step.subject == topup::Subject::receipt &&
           std::ranges::any_of(receipts, [&](const auto& r) { return step.id == r.id.value; });
  });
}

std::vector<topup::StoredPosting> StoreLists::postings_at(
    const std::vector<topupd::EntryPlace>& places) {
  const auto entries = all_that<topup::StoredEntry>(store_, [&](const topup::StoredEntry& entry) {
    return std::ranges::any_of(places, [&](const auto& place) {
      return place.slot == slot_of(entry.kind) && place.ref == entry.ref;
    });
  });
  return all_that<topup::StoredPosting>(store_, [&](const topup::StoredPosting& posting) {
    return std::ranges::any_of(entries,
                               [&](const auto& entry) { return posting.entry == entry.id; });
  });
}

Page<topup::AuditLine> StoreLists::audit_log(const topupd::AuditFilter& filter,
                                             const PageRequest& page) {
  return store_.read([&](const topup::View& view) {
    return page_of<topup::AuditLine>(
        view, page, [&](auto id) { return view.audit_line(id); },
        [&](const auto& line) {
          return (!filter.by || line.by == *filter.by) &&
                 (filter.deed.empty() || line.deed == filter.deed);
        });
  });
}

std::map<std::string, std::int64_t> StoreLists::resellers_by_tier() {
  return store_.read([](const topup::View& view) {
    std::map<std::string, std::int64_t> counts;
    for (std::int64_t id = 1; id <= view.last_id(topup::Table::users); ++id)
      if (const auto user = view.user(topup::UserId{id}); user->role == topup::Role::reseller)
        ++counts[user->tier];
    return counts;
  });
}

std::vector<topup::Tier> StoreLists::tiers() {
  return store_.read([](const topup::View& view) {
    std::vector<topup::Tier> tiers;
    for (const auto* name : {"basic", "gold", "silver"})
      if (const auto tier = view.tier(name)) tiers.push_back(*tier);
    return tiers;
  });
}

std::vector<topup::Step> StoreLists::history(topup::OrderId order) {
  const auto attempts = store_.read([&](const topup::View& view) { return view.attempts(order); });
  const auto charge = store_.read([&](const topup::View& view) { return view.charge_of(order); });
  std::vector<topup::Step> steps;
  const auto is_of_order = [&](const topup::Step& step) {
    if (step.subject == topup::Subject::order) return step.id == order.value;
    if (step.subject == topup::Subject::charge) return charge && step.id == charge->id.value;
    return step.subject == topup::Subject::attempt &&
           std::ranges::any_of(attempts, [&](const auto& a) { return step.id == a.id.value; });
  };
  store_.inspect([&](const topup::Archive& archive) {
    archive.each(topup::Archive::Each<topup::Step>{[&](const topup::Step& step) {
      if (is_of_order(step)) steps.push_back(step);
    }});
  });
  return steps;
}
