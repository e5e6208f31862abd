// SPDX-License-Identifier: Apache-2.0
// InProcess: a Client of a provider that is served in this process, over gRPC as Terraform's is, but without sockets.
// client.h has an example.
#pragma once

#include "tfcpp/base/clock.h"
#include "tfcpp/base/log.h"
#include "tfcpp/framework/provider.h"
#include "tfcpp/testing/client.h"

namespace tfcpp::test {

class InProcess : public Client {
 public:
  explicit InProcess(Provider provider);
  // All must outlive this.
  InProcess(const Provider& provider, Logger& log, Clock& clock);
};

}  // namespace tfcpp::test
