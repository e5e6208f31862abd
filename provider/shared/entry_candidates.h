// The entries of a listing as what may be the webhook of a lost create. Pure; thread-safe.
#pragma once

#include <chrono>
#include <vector>

#include "provider/shared/candidates.h"
#include "provider/shared/entries.h"
#include "tfcpp/fields/field.h"

namespace mlflow {

template <class Webhook>
Candidate CandidateOf(const Webhook& webhook) {
  using std::chrono::milliseconds;
  Candidate candidate{.id = webhook.id, .state = [&webhook] { return tfcpp::fields::ToState(webhook); }};
  if (const auto& ms = webhook.created_at.ms) {
    candidate.created = std::chrono::sys_time<milliseconds>(milliseconds(*ms));
  }
  return candidate;
}

template <class Webhook>
Candidate CandidateOf(const Misread<Webhook>& misfit) {
  Candidate candidate = CandidateOf(misfit.readable);
  candidate.state = [&misfit] { return tfcpp::fields::ReadableState(misfit.readable, misfit); };
  candidate.misfit = misfit.what;
  return candidate;
}

// Valid as long as the entries.
template <class Webhook>
std::vector<Candidate> CandidatesOf(const Entries<Webhook>& entries) {
  std::vector<Candidate> candidates;
  candidates.reserve(entries.size());
  for (const auto& [id, webhook] : entries.webhooks) candidates.push_back(CandidateOf(webhook));
  for (const auto& [id, misfit] : entries.misfits) candidates.push_back(CandidateOf(misfit));
  for (const Misread<Webhook>& misfit : entries.nameless) candidates.push_back(CandidateOf(misfit));
  return candidates;
}

}  // namespace mlflow
