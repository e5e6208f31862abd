// The ephemeral resource `notes_draft`: a file to scribble in, which is there as long as a run needs it.
#pragma once

#include <memory>

#include "store.h"
#include "tfcpp/framework/ephemeral.h"

namespace notes {

inline constexpr char kDraft[] = "notes_draft";

tfcpp::EphemeralType DraftType();
std::unique_ptr<tfcpp::EphemeralResource> MakeDrafts(std::shared_ptr<Store> store);

}  // namespace notes
