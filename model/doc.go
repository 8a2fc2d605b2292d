// Package model owns the nouns of the house: entities, value types and the one
// coded Error. It knows nothing of databases, HTTP, files or rules; tags on its
// fields are only strings. Words follow the glossary in docs/glossary.md.
package model
