// Entries: the webhooks of a listing as they are read, by id, with those apart that are not of the documented form. A
// kind of webhook gives its struct, which has a table of fields and a member `id`; nothing else of it is known here.
//
// Pure; thread-safe.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "rest/known_secrets.h"
#include "tfcpp/base/result.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/fields/field.h"
#include "tfcpp/json/json.h"

namespace mlflow {

// Something in the place of a webhook that is not of the documented form.
template <class Webhook>
struct Misread : tfcpp::fields::Misfit {
  Webhook readable = {};  // what could be read; id empty: that could not

  friend bool operator==(const Misread&, const Misread&) = default;
};

template <class Webhook>
using Entry = std::variant<Webhook, Misread<Webhook>>;

// Messages, logs and Terraform's own progress name a webhook by its id, and a state keeps it: one that may not be shown
// is none. `misfit`: of `webhook`, as it was read.
template <class Webhook>
Entry<Webhook> EntryOf(Webhook webhook, tfcpp::fields::Misfit misfit, const tfcpp::rest::KnownSecrets& secrets) {
  if (!secrets.MayName(webhook.id)) {
    Refuse(misfit, "id", "id", "cannot be shown: it is too long, or holds a secret of this run or a control character");
    webhook.id.clear();
  }
  if (misfit.what.empty()) return webhook;
  return Misread<Webhook>{{std::move(misfit)}, std::move(webhook)};
}

// The one webhook that a call answers with (rest::ReadAnswered): empty where `webhook` has it now, else what is wrong.
template <class Webhook>
std::string Take(Entry<Webhook> entry, Webhook& webhook) {
  if (const auto* misfit = std::get_if<Misread<Webhook>>(&entry)) return misfit->what;
  webhook = std::get<Webhook>(std::move(entry));
  return "";
}

template <class Webhook>
struct Entries {
  std::map<std::string, Webhook, std::less<>> webhooks;
  // Entries that are not of the documented form: by their ids, and those whose id cannot be read either. An id that has
  // entries of different contents is one of the former.
  std::map<std::string, Misread<Webhook>, std::less<>> misfits;
  std::vector<Misread<Webhook>> nameless;

  std::size_t size() const { return webhooks.size() + misfits.size() + nameless.size(); }
  bool Has(const std::string& id) const { return webhooks.contains(id) || misfits.contains(id); }

  // False: its id has come before, with different contents, and is a misfit now.
  bool Add(Entry<Webhook> entry) {
    if (auto* webhook = std::get_if<Webhook>(&entry)) return AddWebhook(std::move(*webhook));
    return AddMisfit(std::get<Misread<Webhook>>(std::move(entry)));
  }

  // Null: it lacks that webhook. Errors, all kMalformed: what it has of that id is a misfit; or it lacks the id, but
  // has entries without one.
  tfcpp::Result<const Webhook*> Find(const std::string& id) const {
    if (const auto found = webhooks.find(id); found != webhooks.end()) return &found->second;
    const auto misfit = misfits.find(id);
    if (misfit == misfits.end() && nameless.empty()) return nullptr;
    return tfcpp::Error{
        .code = tfcpp::ErrorCode::kMalformed,
        .message = misfit != misfits.end()
                       ? tfcpp::Concat("The service lists webhook ", id, " in another form than documented: ",
                                       misfit->second.what, ". Nothing was concluded from it.")
                       : tfcpp::Concat("The service's listing does not name webhook ", id,
                                       ", but has an entry whose id cannot be read: ", nameless.front().what,
                                       ". So it is not known whether the webhook is gone.")};
  }

 private:
  bool AddWebhook(Webhook webhook) {
    // try_emplace moves only what it takes.
    const auto [known, is_new] = webhooks.try_emplace(webhook.id, std::move(webhook));
    const bool torn = misfits.contains(known->first) || (!is_new && known->second != webhook);
    if (torn) Tear(known->first);
    return !torn;
  }
  bool AddMisfit(Misread<Webhook> misfit) {
    const std::string id = misfit.readable.id;
    if (id.empty()) {
      nameless.push_back(std::move(misfit));
      return true;
    }
    const auto [known, is_new] = misfits.try_emplace(id, misfit);
    const bool torn = webhooks.contains(id) || (!is_new && known->second != misfit);
    if (torn) Tear(id);
    return !torn;
  }
  void Tear(std::string id) {  // a copy: the caller's may be in what is erased
    webhooks.erase(id);
    Misread<Webhook> misfit{
        NothingRead(tfcpp::fields::FieldsOf<Webhook>(), "it is listed more than once, with different contents")};
    misfit.unread.erase("id");
    misfit.readable.id = id;
    misfits.insert_or_assign(std::move(id), std::move(misfit));
  }
};

}  // namespace mlflow
