// Sends deliveries over HTTPS, as the service does: no redirects followed, 10 s of patience, certificates verified
// unless the webhook says otherwise. Thread safety: a pure function but for the network.
#pragma once

#include <string>

#include "delivery.h"

namespace workspace {

// `certificate`: PEM of one more certificate to trust, besides the machine's own.
SendCall HttpsSender(std::string certificate);

}  // namespace workspace
