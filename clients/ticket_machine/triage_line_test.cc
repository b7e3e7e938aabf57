#include "clients/ticket_machine/triage_line.h"
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>

namespace madoguchi::ticket_machine {
namespace {

/// Renewal in the process of the test: asks once, then advises.
class FakeRenewal : public renewal::v1::RenewalService::Service {
 public:
  FakeRenewal() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    address = "127.0.0.1:" + std::to_string(port);
  }
  ~FakeRenewal() override { server_->Shutdown(); }

  grpc::Status Triage(grpc::ServerContext* /*context*/,
                      renewal::v1::TriageRequest const* request,
                      renewal::v1::TriageResponse* response) override {
    if (refuses) return {grpc::StatusCode::INVALID_ARGUMENT, "no such answer"};
    last = *request;
    if (request->talk_to_staff() || request->answers_size() != 0) {
      response->mutable_advice()->set_row("C-99");
    } else {
      response->mutable_question()->set_question("WHO");
    }
    return grpc::Status::OK;
  }

  std::string address;
  bool refuses = false;
  renewal::v1::TriageRequest last;

 private:
  std::unique_ptr<grpc::Server> server_;
};

sdk::ClientOptions OptionsFor(std::string const& target) {
  sdk::ClientOptions options;
  options.targets = {target};
  return options;
}

TEST(TriageLineTest, AsksForTheOfficeWithWhatWasSaid) {
  FakeRenewal renewal;
  TriageLine line(OptionsFor(renewal.address), "offices/honcho");
  EXPECT_EQ(line.AskAndWait({}).question().question(), "WHO");
  EXPECT_EQ(renewal.last.parent(), "offices/honcho");
  TriageLine::Said said;
  said.answers.emplace_back().set_choice("OWN_CARD");
  EXPECT_EQ(line.AskAndWait(said).advice().row(), "C-99");
  EXPECT_EQ(renewal.last.answers(0).choice(), "OWN_CARD");
  said.talk_to_staff = true;
  EXPECT_TRUE(line.AskAndWait(said).has_advice());
  EXPECT_TRUE(renewal.last.talk_to_staff());
}

TEST(TriageLineTest, SaysNothingIfNobodyAnswersOrThereIsNobody) {
  using Next = TriageLine::Next;
  TriageLine dead(OptionsFor("127.0.0.1:1"), "offices/honcho");
  EXPECT_EQ(dead.AskAndWait({}).next_case(), Next::NEXT_NOT_SET);
  TriageLine none({}, "offices/honcho");
  EXPECT_EQ(none.AskAndWait({}).next_case(), Next::NEXT_NOT_SET);
  FakeRenewal renewal;
  renewal.refuses = true;
  TriageLine refused(OptionsFor(renewal.address), "offices/honcho");
  EXPECT_EQ(refused.AskAndWait({}).next_case(), Next::NEXT_NOT_SET);
}

TEST(AsksBeforeTest, AsksThoseWhoComeForCertificates) {
  EXPECT_TRUE(AsksBefore("renew_proxy"));
  EXPECT_FALSE(AsksBefore("card_pickup"));
}

}  // namespace
}  // namespace madoguchi::ticket_machine
