// Package filing owns the use cases around a record's life: writing a project's
// filing (绩效目标申报), a unit's basic sheet (基本支出表) or its whole-unit target
// (整体支出绩效目标), sending it through the chain, the review sheet and its remarks,
// the agreed edit, the 批复, and what changed between versions. Each act is one
// transaction, one version check, one appended event; a refused attempt leaves an
// event too.
//
// What may be done is workflow's and rbac's to say, what is wrong with a form is
// check's: this package loads, asks them, and saves. It must not know HTTP,
// sessions, or how rights are given; callers bring the person with what they hold.
package filing
