#include "bench/naive.h"

#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <unordered_map>

#include "bench/lives.h"
#include "bench/shop.h"
#include "random_code.h"
#include "store/open.h"
#include "store/writer.h"
#include "topup/commands.h"

namespace topupd::bench {
namespace {

class NaiveShop {
 public:
  NaiveShop(const std::filesystem::path& file, const std::vector<std::string>& keys)
      : writer_{open_for_writing(file, current_schema(), file.parent_path() / "backups"),
                open_for_copying(file), sealer_of(file)} {
    auto id = kAdmin;
    for (const auto& key : keys)
      callers_.emplace(key, topup::UserId{++id});
  }

  std::string create(const std::string& body, const std::string& key) {
    auto asked = nlohmann::json::parse(body);
    topup::PlaceOrder command;
    command.user = callers_.at(key);
    command.service = {std::stoll(asked.at("layanan").get<std::string>())};
    command.target = asked.at("target");
    command.ref_id = asked.value("ref_id", "");
    auto order = placed(command);
    return nlohmann::json{
        {"status", true},
        {"data",
         {{"id", order.id.value}, {"invoice", order.invoice}, {"harga", order.price.units()}}}}
        .dump();
  }

 private:
  topup::Order placed(topup::PlaceOrder& command) {
    topup::Order order;
    const std::function<bool(topup::Tx&)> body{[&](topup::Tx& tx) {
      auto now = moment();
      command.invoice = "INV-" + random_code(now);
      auto result = topup::place_order(tx, topup::Policy{}, command, now);
      if (!result) throw std::logic_error{"an order was refused"};
      order = result->order;
      return true;
    }};
    WriteQueue::Job job;
    job.body = &body;
    WriteQueue::Job* batch[] = {&job};
    const std::lock_guard lock{mutex_};
    writer_.run(batch);
    if (job.failure) std::rethrow_exception(job.failure);
    writer_.rest(false);
    writer_.settle();  // as SQLite copies its log where nobody says otherwise: inside a commit
    return order;
  }

  std::unordered_map<std::string, topup::UserId> callers_;
  std::mutex mutex_;
  Writer writer_;  // guarded by mutex_
};

}  // namespace

Reply naive_shop(const Scene& scene) {
  auto shop = std::make_shared<NaiveShop>(database(scene.dir), scene.keys);
  return
      [shop](const std::string& body, const std::string& key) { return shop->create(body, key); };
}

}  // namespace topupd::bench
