// Package disclosure owns what is published: the whole document of a unit or a
// department, made from assembled tables, filings, reasons and last year's figures,
// and open data. Which parts, sentences, figures, forms and terms a document has is
// data by set, in sets/: an outline as JSON and its sentences as templates.
//
// It is pure: content in, layout model and statements out. It must not know
// databases, HTTP, or how a format draws what it is given.
package disclosure
