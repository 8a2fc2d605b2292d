// Package rbac owns rights: the named actions, the roles, which role may do which
// action (casbin over an embedded policy that is reviewed like code and never
// edited at run time), how far an assignment of a role reaches in the tree of
// units, and the sentence that says why a person may or may not do something.
// It must not know sessions, the store, or the state of a record: who has which
// role is an ordinary table elsewhere, and rights that depend on state are rows of
// the workflow's table.
package rbac
