package filing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"biaochi/model"
	"biaochi/rbac"
)

// Result is what one record of a batch came to.
type Result struct {
	Answer Answer
	Err    error
}

// maxBatch bounds one batch: each record is a transaction of its own.
const maxBatch = 500

// keyOfOne makes the key of one record from that of its batch, short whatever the
// batch's is.
func keyOfOne(key string, id model.ID) string {
	sum := sha256.Sum256([]byte(key + "/" + id.String()))
	return hex.EncodeToString(sum[:])
}

// Each carries out many orders, each for itself: one that is refused stops none of
// the others. A key of the batch makes each of them harmless when it is repeated.
// Errors are in the results, in the order of the orders.
func (s *Service) Each(ctx context.Context, p rbac.Person, orders []Order, key string) []Result {
	results := make([]Result, len(orders))
	for i, o := range orders {
		if i >= maxBatch {
			results[i].Err = model.Fail(model.Invalid, "batch.tooMany", "一次最多办理 %d 份，其余请分批办理", maxBatch)
			continue
		}
		if key != "" {
			o.Key = keyOfOne(key, o.RecordID)
		}
		results[i].Answer, results[i].Err = s.Do(ctx, p, o)
	}
	return results
}
