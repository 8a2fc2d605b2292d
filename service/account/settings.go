package account

import (
	"cmp"
	"time"

	"biaochi/model"
	"biaochi/model/store"
)

// Settings are the numbers of an installation; a field left out is the default.
// GB/T 22239-2019 gives no numbers; these are what testers accept.
type Settings struct {
	Policy Policy
	// MaxFailures wrong passwords in a row lock an account for LockFor.
	MaxFailures int
	LockFor     time.Duration
	// Idle ends a session without a request, Lifetime ends every session.
	Idle     time.Duration
	Lifetime time.Duration
	// MaxDeputy is the longest time for which a deputy can be named.
	MaxDeputy time.Duration
	Hash      HashParams
	// DeputyNamed is told of a deputy in the transaction that names them, with the
	// reviewer; nil where nobody wants to know.
	DeputyNamed func(tx *store.Tx, d model.Deputy, principal model.Account) error
}

// Policy is what a password must be.
type Policy struct {
	MinLength int           // characters
	Classes   int           // of upper case, lower case, digits, signs
	MaxAge    time.Duration // after which it must be changed
	History   int           // earlier ones that can't be taken again, beside the present one
}

// Defaults are the settings of an installation that sets nothing.
func Defaults() Settings {
	const day = 24 * time.Hour
	return Settings{
		Policy:      Policy{MinLength: 8, Classes: 3, MaxAge: 90 * day, History: 5},
		MaxFailures: 5, LockFor: 15 * time.Minute, Idle: 30 * time.Minute, Lifetime: 12 * time.Hour,
		MaxDeputy: 180 * day,
		Hash:      HashParams{MemoryKiB: 64 * 1024, Passes: 3, Lanes: 2},
	}
}

func (s Settings) orDefaults() Settings {
	d := Defaults()
	return Settings{
		Policy: Policy{
			MinLength: cmp.Or(s.Policy.MinLength, d.Policy.MinLength), Classes: cmp.Or(s.Policy.Classes, d.Policy.Classes),
			MaxAge: cmp.Or(s.Policy.MaxAge, d.Policy.MaxAge), History: cmp.Or(s.Policy.History, d.Policy.History),
		},
		MaxFailures: cmp.Or(s.MaxFailures, d.MaxFailures), LockFor: cmp.Or(s.LockFor, d.LockFor),
		Idle: cmp.Or(s.Idle, d.Idle), Lifetime: cmp.Or(s.Lifetime, d.Lifetime),
		MaxDeputy: cmp.Or(s.MaxDeputy, d.MaxDeputy), Hash: cmp.Or(s.Hash, d.Hash),
		DeputyNamed: s.DeputyNamed,
	}
}
