#ifndef MADOGUCHI_CLIENTS_SDK_COUNTER_METHODS_H
#define MADOGUCHI_CLIENTS_SDK_COUNTER_METHODS_H

/// Applies `X` to each method of `CounterService`, in the order of its proto.
///
/// Of a method `M` everything else follows: `MRequest`, `MResponse` and the
/// stub's `M`. A macro, for C++ has no other way to make names; so a new method
/// is one word here, and client, terminal and fakes have it.
#define MADOGUCHI_COUNTER_METHODS(X) \
  X(OpenCounter)                     \
  X(CloseCounter)                    \
  X(CallNextTicket)                  \
  X(RecallTicket)                    \
  X(StartServing)                    \
  X(CompleteTicket)                  \
  X(MarkAbsent)                      \
  X(ReturnTicket)                    \
  X(CallTicket)                      \
  X(ServeVisitor)                    \
  X(HoldTicket)                      \
  X(ResumeTicket)                    \
  X(TransferTicket)                  \
  X(DesignateTicket)                 \
  X(SetAssist)                       \
  X(EditTicket)                      \
  X(UndoLastStep)                    \
  X(PauseCounter)                    \
  X(ResumeCounter)                   \
  X(FindTicket)                      \
  X(ListCounters)                    \
  X(ListTickets)

#endif  // MADOGUCHI_CLIENTS_SDK_COUNTER_METHODS_H
