#include "crash/disk.h"

#include <algorithm>
#include <cstring>

namespace topupd::crash {

void carry_out(const Act& act, Image& image) {
  switch (act.kind) {
    case Act::Kind::create: image[act.file]; break;
    case Act::Kind::write: {
      auto& content = image[act.file];
      content.resize(std::max(content.size(), act.offset + act.bytes.size()));
      std::memcpy(content.data() + act.offset, act.bytes.data(), act.bytes.size());
      break;
    }
    case Act::Kind::truncate: image[act.file].resize(act.offset); break;
    case Act::Kind::remove: image.erase(act.file); break;
    case Act::Kind::sync:
    case Act::Kind::failed_sync: break;
  }
}

void Disk::note(Act act) {
  carry_out(act, now_);
  if (memory_ == Memory::of_all_acts) acts_.push_back(std::move(act));
}

bool Disk::strikes(Fault fault) {
  if (!plan_ || plan_->fault != fault) return false;
  if (plan_->skip-- > 0) return false;
  if (plan_->lasting == FaultPlan::Lasting::once) plan_ = std::nullopt;
  has_failed_ = true;
  return true;
}

void Disk::create(const std::string& file) {
  if (!exists(file)) note({Act::Kind::create, file, 0, {}});
}

Outcome Disk::read(const std::string& file, std::size_t offset, char* to, std::size_t count) {
  if (strikes(Fault::read_fails)) return Outcome::failed;
  const auto& content = now_[file];
  auto available = offset < content.size() ? std::min(count, content.size() - offset) : 0;
  if (available > 0 && strikes(Fault::read_is_cut)) available = 0;
  std::copy_n(content.data() + (available > 0 ? offset : 0), available, to);
  std::fill_n(to + available, count - available, '\0');
  return available == count ? Outcome::done : Outcome::cut;
}

Outcome Disk::write(const std::string& file, std::size_t offset, std::string_view bytes) {
  if (strikes(Fault::write_fails)) return Outcome::failed;
  if (strikes(Fault::disk_is_full)) return Outcome::full;
  bool is_half = strikes(Fault::space_ends);
  if (is_half) bytes = bytes.substr(0, bytes.size() / 2);
  note({Act::Kind::write, file, offset, std::string{bytes}});
  return is_half ? Outcome::full : Outcome::done;
}

void Disk::truncate(const std::string& file, std::size_t size) {
  note({Act::Kind::truncate, file, size, {}});
}

Outcome Disk::sync(const std::string& file) {
  bool fails = strikes(Fault::sync_fails);
  note({fails ? Act::Kind::failed_sync : Act::Kind::sync, file, 0, {}});
  return fails ? Outcome::failed : Outcome::done;
}

void Disk::remove(const std::string& file) { note({Act::Kind::remove, file, 0, {}}); }

}  // namespace topupd::crash
