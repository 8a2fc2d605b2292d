package execution

import (
	"slices"
	"sync"
	"time"

	"biaochi/model"
	"biaochi/model/store"
)

// rounds remembers which years are in 二上, since every record of every list asks. Once
// in, a year stays in; that one isn't is asked anew after a moment, so that other
// instances see what one issued. It is safe for concurrent use.
type rounds struct {
	mu    sync.Mutex
	known map[roundKey]roundState
}

type roundKey struct {
	region string
	year   int
}

type roundState struct {
	second bool
	asked  time.Time
}

// roundMemory is how long a year counts as not in 二上 without asking again.
const roundMemory = 2 * time.Second

func (r *rounds) get(key roundKey, now time.Time) (second, known bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	state, ok := r.known[key]
	return state.second, ok && (state.second || now.Sub(state.asked) < roundMemory)
}

func (r *rounds) set(key roundKey, state roundState) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil {
		r.known = map[roundKey]roundState{}
	}
	r.known[key] = state
}

func (r *rounds) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known = nil
}

// SecondRound tells whether a region's year is in 二上: control figures were issued
// for one of its units. It serves filing.Settings.
func (s *Service) SecondRound(tx *store.Tx, region string, year int) (bool, error) {
	key, now := roundKey{region, year}, time.Now()
	if second, known := s.rounds.get(key, now); known {
		return second, nil
	}
	sheets, err := tx.ControlSheets(year, model.RegionPath(region))
	if err != nil {
		return false, err
	}
	issued := slices.ContainsFunc(sheets, func(sheet model.ControlSheet) bool { return sheet.IssuedOn != "" })
	s.rounds.set(key, roundState{issued, now})
	return issued, nil
}
