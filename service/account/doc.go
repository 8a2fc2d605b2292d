// Package account owns who people are and how they come in: local accounts with
// their passwords (口令), sessions (会话), lock-out, which account has which role
// where (角色分配), which departments an office looks after (分管部门), deputies
// (代理审核), and the accounts of a first start or of a demo. What a role may do is
// rbac's; this package puts together the assignments that rbac decides on.
//
// It must not know HTTP: cookies, headers and addresses are the caller's. It never
// logs or returns a password or a token, but for the one that it has just made.
package account
