#ifndef MADOGUCHI_CLIENTS_TEXTS_LOCALIZED_H
#define MADOGUCHI_CLIENTS_TEXTS_LOCALIZED_H

#include "clients/texts/language.h"
#include "madoguchi/ticketing/v1/ticket.pb.h"
#include <string>

namespace madoguchi::texts {

/// A text of the settings, which comes from the server in all languages, in
/// `language`; Japanese if it has none.
std::string InLanguage(ticketing::v1::LocalizedText const& text,
                       Language language);

}  // namespace madoguchi::texts

#endif  // MADOGUCHI_CLIENTS_TEXTS_LOCALIZED_H
