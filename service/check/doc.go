// Package check owns the rules over tables and records (勾稽关系 K01–K16, the rules
// on economic detail E01–E03, those on what a form says, F01–F23, and on whole-unit
// targets, U01–U05) and over the document that is published (R22–R30, D01–D05): what
// must tie, and what is said where it does not. It is pure: tables, records and
// documents in, findings out; a rule never stops at its first finding. It must not
// know databases, files, HTTP or how a format draws a document.
//
// A further catalogue is one more file: a []Rule whose entries name a function for
// the unit's tables, its sheet, one project, its whole-unit target or
// the document, listed in Catalogue.
package check
