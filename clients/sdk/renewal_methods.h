#ifndef MADOGUCHI_CLIENTS_SDK_RENEWAL_METHODS_H
#define MADOGUCHI_CLIENTS_SDK_RENEWAL_METHODS_H

/// Applies `X` to each method of `RenewalService` that answers once with an
/// `MResponse`, as MADOGUCHI_COUNTER_METHODS does.
#define MADOGUCHI_RENEWAL_METHODS(X) \
  X(Triage)                          \
  X(StartRenewal)                    \
  X(RecordStep)                      \
  X(RequestIssuance)                 \
  X(ParkRenewal)                     \
  X(ResumeRenewal)                   \
  X(FinishRenewal)                   \
  X(AbandonRenewal)                  \
  X(ListRenewals)                    \
  X(ReportUpstream)

#endif  // MADOGUCHI_CLIENTS_SDK_RENEWAL_METHODS_H
