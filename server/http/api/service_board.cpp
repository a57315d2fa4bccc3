#include "http/api/service_board.h"

#include <set>

namespace topupd::http {

std::shared_ptr<const PriceList> ServiceBoard::list() {
  const std::lock_guard lock{mutex_};
  return present_list();
}

std::shared_ptr<const Document> ServiceBoard::document(const std::string& tier,
                                                       const Write& write) {
  const std::lock_guard lock{mutex_};
  const auto list = present_list();
  auto& document = by_tier_[tier];
  if (!document)
    document = std::make_shared<const Document>(
        make_document("application/json; charset=utf-8", write(*list)));
  return document;
}

PriceList ServiceBoard::read_list() const {
  std::set<topup::ServiceId> told;
  for (const auto& offer : lists_.offers_in_use())
    if (tells_nickname_(offer)) told.insert(offer.service);
  auto list = lists_.price_list();
  for (auto& listed : list.services)
    listed.tells_nickname = told.contains(listed.service.id);
  return list;
}

const std::shared_ptr<const PriceList>& ServiceBoard::present_list() {
  const auto version = version_now_();
  if (list_ && version == version_) return list_;
  list_ = std::make_shared<const PriceList>(read_list());
  by_tier_.clear();
  version_ = version;
  return list_;
}

}  // namespace topupd::http
