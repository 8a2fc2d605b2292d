package publication

import (
	"context"
	"encoding/json"
	"fmt"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// link is something that was published, with its place in the chain.
type link struct {
	name        string
	id          model.ID
	contentHash string
	previous    string
	seal        string
	// sealAnew computes the seal of what is kept.
	sealAnew func(files []model.PublicationFile) (string, error)
}

// ProveAll holds everything that the installation published, versions of disclosures
// and self-evaluations, against its hashes, its seal, the chain of seals and the log:
// what somebody changed, exchanged, added or removed in the database shows.
func (s *Service) ProveAll(ctx context.Context) (*Proof, error) {
	p := &Proof{Title: "数据库中全部公开版本"}
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		links, err := linksOf(tx)
		if err != nil {
			return err
		}
		logged, err := loggedSeals(tx)
		if err != nil {
			return err
		}
		for _, one := range links {
			if err := p.kept(tx, one, logged); err != nil {
				return err
			}
		}
		return p.chain(tx, links, logged)
	})
	return p, err
}

func linksOf(tx *store.Tx) (links []link, err error) {
	versions, err := tx.Publications(store.Everything(), store.PublicationFilter{Published: true})
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		unit, err := tx.UnitByID(store.Everything(), v.UnitID)
		if err != nil {
			return nil, err
		}
		links = append(links, link{fmt.Sprintf("%s %d年度第%d版", unit.Name, v.Year, v.Number), v.ID, v.ContentHash, v.Previous, v.Seal,
			func(files []model.PublicationFile) (string, error) { return seal(v, files) }})
	}
	releases, err := tx.EvaluationReleases(store.Everything(), 0)
	if err != nil {
		return nil, err
	}
	for _, r := range releases {
		unit, err := tx.UnitByID(store.Everything(), r.UnitID)
		if err != nil {
			return nil, err
		}
		links = append(links, link{fmt.Sprintf("%s %d年度绩效自评第%d次公开", unit.Name, r.Year, r.Number), r.ID, r.ContentHash, r.Previous, r.Seal,
			func(files []model.PublicationFile) (string, error) { return sealEvaluation(r, files) }})
	}
	return links, nil
}

// loggedSeals are the seals that the log of publishing holds.
func loggedSeals(tx *store.Tx) (map[string]model.ID, error) {
	seals := map[string]model.ID{}
	for _, action := range []rbac.Action{rbac.DisclosurePublish, rbac.EvaluationPublish} {
		events, err := tx.Events(store.Everything(), store.EventFilter{Action: action.Name})
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			var detail struct {
				PublicationID model.ID `json:"publicationId"`
				Seal          string   `json:"seal"`
			}
			if json.Unmarshal([]byte(e.Detail), &detail) == nil && detail.Seal != "" {
				seals[detail.Seal] = detail.PublicationID
			}
		}
	}
	return seals, nil
}

// kept compares what was published with its own hashes.
func (p *Proof) kept(tx *store.Tx, one link, logged map[string]model.ID) error {
	bundle, err := tx.Bundle(one.id)
	if err != nil && model.CodeOf(err) != model.NotFound {
		return err
	}
	p.say(hashOf(bundle) == one.contentHash, one.name+"：内容与校验码一致", one.name+"：内容与校验码不一致，内容被改动过")
	files, err := tx.PublicationFiles(one.id)
	if err != nil {
		return err
	}
	for _, f := range files {
		whole, err := tx.PublicationFile(one.id, f.Name)
		if err != nil {
			return err
		}
		if hashOf(whole.Content) != f.Hash {
			p.say(false, "", one.name+"：文件《"+f.Name+"》被改动过")
		}
	}
	sealed, err := one.sealAnew(files)
	if err != nil {
		return err
	}
	p.say(sealed == one.seal, one.name+"：封签完好", one.name+"：封签与登记的内容不符，登记被改动过")
	if logged[one.seal] != one.id {
		p.say(false, "", one.name+"：操作记录中没有这次公开，或者记录的封签不同")
	}
	return nil
}

// chain walks the seals from the first to the last.
func (p *Proof) chain(tx *store.Tx, list []link, logged map[string]model.ID) error {
	end, length, err := tx.ChainEnd()
	if err != nil {
		return err
	}
	after := map[string]string{}
	for _, one := range list {
		after[one.previous] = one.seal
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
