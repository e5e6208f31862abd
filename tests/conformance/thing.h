// A provider for the conformance tests: `test`, with one resource `test_thing` that has every kind of attribute and
// block, kept in memory. Names of things choose misbehaviour, see kBehaviour... below.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

#include "tfcpp/framework/provider.h"

namespace conformance {

// Names with a meaning: what Create does, and Update likewise.
inline constexpr char kNameThrows[] = "throws";  // std::runtime_error with kCanary in its text
inline constexpr char kNameThrowsLogic[] = "throws-logic";
inline constexpr char kNameFails[] = "fails";         // an error, nothing was made
inline constexpr char kNameHalfDone[] = "half-done";  // an error, but the thing exists
inline constexpr char kNameDisobeys[] = "disobeys";   // answers another size than planned
inline constexpr char kNameForgets[] = "forgets";     // leaves computed values unknown
inline constexpr char kNameWaits[] = "waits";         // until a stop is requested
inline constexpr char kNameLies[] = "lies";           // answers another name than configured
inline constexpr char kCanary[] = "canary-5f1d";

// The remote side. Thread-safe.
class ThingStore {
 public:
  std::string Add(tfcpp::Value thing);
  void Put(const std::string& id, tfcpp::Value thing);
  bool Remove(const std::string& id);
  tfcpp::Value Get(const std::string& id) const;  // null of dynamic type: gone
  std::size_t size() const;
  // The write-only password of the last create or update.
  std::string last_password() const;
  void set_last_password(const tfcpp::Value& password);

  std::atomic<int> waiting = 0;  // calls that wait for a stop
  std::atomic<int> lent = 0;     // leases that are open

 private:
  mutable std::mutex mutex_;
  std::map<std::string, tfcpp::Value> things_;
  std::string last_password_;
  int last_id_ = 0;
};

tfcpp::ResourceType ThingType();
// `store` must outlive the provider and its runs.
tfcpp::Provider MakeProvider(ThingStore& store);

}  // namespace conformance
