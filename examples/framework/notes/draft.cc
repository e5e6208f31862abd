#include "draft.h"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/schema/validators.h"

namespace notes {
namespace {

using tfcpp::Concat;
using tfcpp::Context;
using tfcpp::Mode;
using tfcpp::Value;

tfcpp::Lease LeaseOf(std::string path) {
  return {.renew_at = std::chrono::system_clock::now() + std::chrono::minutes(5), .private_data = std::move(path)};
}

class Drafts final : public tfcpp::EphemeralResource {
 public:
  explicit Drafts(std::shared_ptr<Store> store) : store_(std::move(store)) {}

  tfcpp::OpenOutcome Open(const Context&, const Value& config) override {
    const std::string path = Concat(store_->path(), ".", config.Get("name").AsString(), ".draft");
    if (!std::ofstream(path, std::ios::app)) {
      tfcpp::OpenOutcome failed;
      failed.diagnostics.AddError("Cannot make the draft", Concat("The file ", path, " cannot be written."));
      return failed;
    }
    return {.result = config.With("path", Value::String(path)), .lease = LeaseOf(path)};
  }

  tfcpp::RenewOutcome Renew(const Context&, std::string path) override { return {.lease = LeaseOf(std::move(path))}; }

  tfcpp::Diagnostics Close(const Context&, const std::string& path) override {
    std::remove(path.c_str());  // that it is gone already is as good
    return {};
  }

 private:
  std::shared_ptr<Store> store_;
};

}  // namespace

tfcpp::EphemeralType DraftType() {
  return {.name = kDraft,
          .schema = {.attributes = {{.name = "name",
                                     .mode = Mode::kRequired,
                                     .validators = {tfcpp::SizeAtLeast(1)},
                                     .description = "A part of the file's name."},
                                    {.name = "path", .mode = Mode::kComputed, .description = "Where the file is."}},
                     .description = "A file that is there as long as a run needs it."}};
}

std::unique_ptr<tfcpp::EphemeralResource> MakeDrafts(std::shared_ptr<Store> store) {
  return std::make_unique<Drafts>(std::move(store));
}

}  // namespace notes
