package publication

import (
	"context"
	"encoding/json"
	"fmt"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/disclosure"
)

// ProveAll holds every published version of the installation against its hashes, its
// seal, the chain of seals and the log: a version that somebody changed, exchanged,
// added or removed in the database shows.
func (s *Service) ProveAll(ctx context.Context) (*Proof, error) {
	p := &Proof{Title: "数据库中全部公开版本"}
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		list, err := tx.Publications(store.Everything(), store.PublicationFilter{Published: true})
		if err != nil {
			return err
		}
		logged, err := loggedSeals(tx)
		if err != nil {
			return err
		}
		for _, one := range list {
			if err := p.kept(tx, one, logged); err != nil {
				return err
			}
		}
		return p.chain(tx, list, logged)
	})
	return p, err
}

// loggedSeals are the seals that the log of publishing holds.
func loggedSeals(tx *store.Tx) (map[string]model.ID, error) {
	events, err := tx.Events(store.Everything(), store.EventFilter{Action: rbac.DisclosurePublish.Name})
	seals := map[string]model.ID{}
	for _, e := range events {
		var detail struct {
			PublicationID model.ID `json:"publicationId"`
			Seal          string   `json:"seal"`
		}
		if json.Unmarshal([]byte(e.Detail), &detail) == nil && detail.Seal != "" {
			seals[detail.Seal] = detail.PublicationID
		}
	}
	return seals, err
}

// kept compares one version with its own hashes.
func (p *Proof) kept(tx *store.Tx, one model.Publication, logged map[string]model.ID) error {
	unit, err := tx.UnitByID(store.Everything(), one.UnitID)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%s %d年度第%d版", unit.Name, one.Year, one.Number)
	bundle, err := tx.Bundle(one.ID)
	if err != nil && model.CodeOf(err) != model.NotFound {
		return err
	}
	p.say(disclosure.ContentHash(bundle) == one.ContentHash, name+"：内容与校验码一致", name+"：内容与校验码不一致，内容被改动过")
	files, err := tx.PublicationFiles(one.ID)
	if err != nil {
		return err
	}
	for _, f := range files {
		whole, err := tx.PublicationFile(one.ID, f.Name)
		if err != nil {
			return err
		}
		if hashOf(whole.Content) != f.Hash {
			p.say(false, "", name+"：文件《"+f.Name+"》被改动过")
		}
	}
	sealed, err := seal(one, files)
	if err != nil {
		return err
	}
	p.say(sealed == one.Seal, name+"：封签完好", name+"：封签与登记的内容不符，登记被改动过")
	if logged[one.Seal] != one.ID {
		p.say(false, "", name+"：操作记录中没有这次公开，或者记录的封签不同")
	}
	return nil
}

// chain walks the seals from the first to the last.
func (p *Proof) chain(tx *store.Tx, list []model.Publication, logged map[string]model.ID) error {
	end, length, err := tx.ChainEnd()
	if err != nil {
		return err
	}
	after := map[string]string{}
	for _, one := range list {
		after[one.Previous] = one.Seal
	}
	at, walked := "", 0
	for next, ok := after[at]; ok && walked < len(list); next, ok = after[at] {
		at, walked = next, walked+1
	}
	whole := at == end && walked == len(list) && walked == length && len(logged) == length
	p.say(whole, fmt.Sprintf("封签链完整，共 %d 个公开版本", length),
		fmt.Sprintf("封签链不完整：登记应有 %d 个公开版本，操作记录有 %d 个，库中有 %d 个，能连起来的有 %d 个", length, len(logged), len(list), walked))
	return nil
}
