// The price list, read once per change of the catalogue, and as bytes for each tier.

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "http/api/lists.h"
#include "http/document.h"

namespace topupd::http {

// Thread-safe.
class ServiceBoard {
 public:
  // What a tier's document says, from the whole list.
  using Write = std::function<std::string(const PriceList& list)>;
  // Whether the offer's supplier says whose account a number is.
  using TellsNickname = std::function<bool(const topup::Offer& offer)>;

  // version is of the catalogue, as in store/versions.h; lists must outlive this.
  ServiceBoard(Lists& lists, std::function<std::uint64_t()> version, TellsNickname tells_nickname)
      : lists_{lists},
        version_now_{std::move(version)},
        tells_nickname_{std::move(tells_nickname)} {}

  std::shared_ptr<const PriceList> list();

  // The document of that tier; write is called when there is none of the present version.
  std::shared_ptr<const Document> document(const std::string& tier, const Write& write);

 private:
  PriceList read_list() const;
  // Requires mutex_.
  const std::shared_ptr<const PriceList>& present_list();

  Lists& lists_;
  const std::function<std::uint64_t()> version_now_;
  const TellsNickname tells_nickname_;

  // Held while the list is read and written down: the others wait for it instead of doing the same.
  std::mutex mutex_;
  // Guarded by mutex_:
  std::uint64_t version_ = 0;
  std::shared_ptr<const PriceList> list_;
  std::map<std::string, std::shared_ptr<const Document>> by_tier_;
};

}  // namespace topupd::http
