#ifndef MADOGUCHI_CLIENTS_TEXTS_CATALOGUE_H
#define MADOGUCHI_CLIENTS_TEXTS_CATALOGUE_H

namespace madoguchi::texts {

// deploy/texts/ja.json, ja-easy.json and en.json as they were when the program
// was built.
extern char const kJapaneseCatalogue[];
extern char const kEasyJapaneseCatalogue[];
extern char const kEnglishCatalogue[];

}  // namespace madoguchi::texts

#endif  // MADOGUCHI_CLIENTS_TEXTS_CATALOGUE_H
