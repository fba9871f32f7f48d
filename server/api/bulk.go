package api

import (
	"context"
	"fmt"

	"piper/internal/batch"
	"piper/internal/engagement"
	"piper/internal/fault"
	"piper/internal/stakeholder"
	"piper/internal/store"
)

// BulkInput is what every call of many writes takes beside its items.
type BulkInput struct {
	Key string `header:"Idempotency-Key" maxLength:"100" doc:"a name of the sender's own for this request: sent again within a week, what was written is not written twice"`
}

// BulkTarget says which record an item is about.
type BulkTarget struct {
	Op  string `json:"op" enum:"create,update,upsert" doc:"an update names id and rev; an upsert finds the record by its key, or adds it"`
	ID  string `json:"id,omitempty" maxLength:"60" doc:"of an update"`
	Rev int64  `json:"rev,omitempty" minimum:"0" doc:"the revision that is changed: needed for an update, and where an upsert names one it must be the current one"`
}

// BulkResult is what became of one item.
type BulkResult struct {
	Outcome string             `json:"outcome" enum:"created,updated,unchanged,failed"`
	ID      string             `json:"id,omitempty"`
	Rev     int64              `json:"rev,omitempty"`
	Code    fault.Code         `json:"code,omitempty" doc:"of a failure, as in a problem"`
	Detail  string             `json:"detail,omitempty" doc:"of a failure: a sentence for a person"`
	Errors  []fault.FieldError `json:"errors,omitempty" doc:"of a failure: the fields at fault"`
}

// BulkBody is the answer to a call of many writes: one result for each item, in their order.
type BulkBody struct {
	Items     []BulkResult `json:"items" nullable:"false"`
	Created   int          `json:"created"`
	Updated   int          `json:"updated"`
	Unchanged int          `json:"unchanged"`
	Failed    int          `json:"failed"`
}

type bulkOutput struct{ Body BulkBody }

// written is what a write has made of an item.
type written struct {
	outcome store.Outcome
	id      string
	rev     int64
}

// bulk does the items of a request one after the other, each in a transaction of its own with its receipt; or
// with whole all in one, so that one that fails leaves nothing, and the answer is a problem that names it.
func (a *API) bulk(ctx context.Context, key string, request any, whole bool, n int, write func(ctx context.Context, i int) (written, error)) (*bulkOutput, error) {
	call, err := a.Batches.Open(ctx, key, request)
	if err != nil {
		return nil, err
	}
	out := &bulkOutput{BulkBody{Items: make([]BulkResult, n)}}
	if whole {
		err = a.DB.Tx(ctx, func(ctx context.Context) error {
			for i := range n {
				if out.Body.Items[i], err = a.bulkOne(ctx, call, i, write); err != nil {
					return atItem(i, err)
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for i := 0; i < n && !whole; i++ {
		if out.Body.Items[i], err = a.bulkOne(ctx, call, i, write); err != nil {
			if ctx.Err() != nil {
				return nil, err
			}
			out.Body.Items[i] = failed(ctx, err)
		}
	}
	for _, item := range out.Body.Items {
		switch item.Outcome {
		case string(store.Created):
			out.Body.Created++
		case string(store.Updated):
			out.Body.Updated++
		case string(store.Unchanged):
			out.Body.Unchanged++
		default:
			out.Body.Failed++
		}
	}
	return out, nil
}

// bulkOne writes an item with its receipt, unless it has one.
func (a *API) bulkOne(ctx context.Context, call *batch.Call, i int, write func(ctx context.Context, i int) (written, error)) (BulkResult, error) {
	var receipt *batch.Receipt
	err := a.DB.Tx(ctx, func(ctx context.Context) (err error) {
		if receipt, err = call.Done(ctx, i); err != nil || receipt != nil {
			return err
		}
		w, err := write(ctx, i)
		if err != nil {
			return err
		}
		receipt = &batch.Receipt{N: i, Outcome: w.outcome, RecordID: w.id, Revision: w.rev}
		return call.Keep(ctx, receipt)
	})
	if err != nil {
		return BulkResult{}, err
	}
	return BulkResult{Outcome: string(receipt.Outcome), ID: receipt.RecordID, Rev: receipt.Revision}, nil
}

func failed(ctx context.Context, err error) BulkResult {
	p := problemOf(err)
	if p.Code == fault.Internal {
		noteError(ctx, err)
	}
	return BulkResult{Outcome: "failed", Code: p.Code, Detail: p.Detail, Errors: p.Errors}
}

// atItem names the item at fault in an error.
func atItem(i int, err error) error {
	p := problemOf(err)
	fields := make([]fault.FieldError, len(p.Errors))
	for n, f := range p.Errors {
		fields[n] = fault.FieldError{Field: fmt.Sprintf("items[%d].%s", i, f.Field), Message: f.Message}
	}
	if len(fields) == 0 {
		fields = []fault.FieldError{{Field: fmt.Sprintf("items[%d]", i), Message: p.Detail}}
	}
	return &fault.Error{Code: p.Code, Message: fmt.Sprintf("Item %d: %s Nothing was written.", i, p.Detail), Fields: fields, Err: err}
}

// made and changed say what a write has come to.
func made(meta store.Meta, err error) (written, error) {
	return written{store.Created, meta.ID, meta.Rev}, err
}

func changed(meta store.Meta, before int64, err error) (written, error) {
	w := written{store.Updated, meta.ID, meta.Rev}
	if meta.Rev == before {
		w.outcome = store.Unchanged
	}
	return w, err
}

func (t BulkTarget) check() error {
	switch {
	case t.Op == "update" && t.ID == "":
		return fault.Field("id", "An update names the id of its record.")
	case t.Op == "update" && t.Rev == 0:
		return &fault.Error{Code: fault.RevisionRequired, Message: "An update says which revision it changes.", Fields: []fault.FieldError{{Field: "rev", Message: "It is needed."}}}
	}
	return nil
}

// StakeholderItem is one write of a stakeholder.
type StakeholderItem struct {
	BulkTarget
	ExternalID *stakeholder.ExternalID `json:"externalId,omitempty" doc:"of an upsert: the number by which the record is known"`
	Record     stakeholderBody         `json:"record"`
}

type bulkStakeholdersInput struct {
	BulkInput
	Body struct {
		AllOrNothing bool              `json:"allOrNothing,omitempty" doc:"one item that fails leaves nothing written"`
		Items        []StakeholderItem `json:"items" minItems:"1" maxItems:"500"`
	}
}

func (a *API) bulkStakeholders(ctx context.Context, in *bulkStakeholdersInput) (*bulkOutput, error) {
	return a.bulk(ctx, in.Key, in.Body, in.Body.AllOrNothing, len(in.Body.Items), func(ctx context.Context, i int) (written, error) {
		item := in.Body.Items[i]
		if err := item.check(); err != nil {
			return written{}, err
		}
		switch item.Op {
		case "create":
			s := &stakeholder.Stakeholder{}
			item.Record.onto(s)
			err := a.Stakeholders.Create(ctx, s)
			return made(s.Meta, err)
		case "update":
			s, err := a.Stakeholders.Update(ctx, item.ID, item.Rev, item.Record.onto)
			if err != nil {
				return written{}, err
			}
			return changed(s.Meta, item.Rev, nil)
		}
		if item.ExternalID == nil {
			return written{}, fault.Field("externalId", "An upsert says by which number the record is known.")
		}
		s, outcome, err := a.Stakeholders.Upsert(ctx, *item.ExternalID, item.Rev, item.Record.over)
		if err != nil {
			return written{}, err
		}
		return written{outcome, s.ID, s.Rev}, nil
	})
}

// InteractionItem is one write of an interaction. It is known by record.key.
type InteractionItem struct {
	BulkTarget
	Record newInteractionBody `json:"record"`
}

type bulkInteractionsInput struct {
	BulkInput
	Body struct {
		AllOrNothing bool              `json:"allOrNothing,omitempty" doc:"one item that fails leaves nothing written"`
		Items        []InteractionItem `json:"items" minItems:"1" maxItems:"500"`
	}
}

func (a *API) bulkInteractions(ctx context.Context, in *bulkInteractionsInput) (*bulkOutput, error) {
	return a.bulk(ctx, in.Key, in.Body, in.Body.AllOrNothing, len(in.Body.Items), func(ctx context.Context, i int) (written, error) {
		item := in.Body.Items[i]
		id, rev, err := item.target(ctx, item.Record.Key, a.Engagement.InteractionByKey, func(ctx context.Context, id string) (int64, error) {
			now, err := a.Engagement.Interaction(ctx, id)
			if err != nil {
				return 0, err
			}
			return now.Rev, nil
		})
		if err != nil {
			return written{}, err
		}
		if id == "" {
			out, err := a.createInteraction(ctx, &createInteractionInput{item.Record})
			if err != nil {
				return written{}, err
			}
			return made(out.Body.Meta, nil)
		}
		saved, err := a.Engagement.UpdateInteraction(ctx, id, rev, item.Record.onto)
		if err != nil {
			return written{}, err
		}
		return changed(saved.Meta, rev, nil)
	})
}

// TaskItem is one write of a task. It is known by record.key.
type TaskItem struct {
	BulkTarget
	Record newTaskBody `json:"record"`
}

type bulkTasksInput struct {
	BulkInput
	Body struct {
		AllOrNothing bool       `json:"allOrNothing,omitempty" doc:"one item that fails leaves nothing written"`
		Items        []TaskItem `json:"items" minItems:"1" maxItems:"500"`
	}
}

func (a *API) bulkTasks(ctx context.Context, in *bulkTasksInput) (*bulkOutput, error) {
	return a.bulk(ctx, in.Key, in.Body, in.Body.AllOrNothing, len(in.Body.Items), func(ctx context.Context, i int) (written, error) {
		item := in.Body.Items[i]
		id, rev, err := item.target(ctx, item.Record.Key, a.Engagement.TaskByKey, func(ctx context.Context, id string) (int64, error) {
			now, err := a.Engagement.Task(ctx, id)
			if err != nil {
				return 0, err
			}
			return now.Rev, nil
		})
		if err != nil {
			return written{}, err
		}
		if id == "" {
			out, err := a.createTask(ctx, &createTaskInput{item.Record})
			if err != nil {
				return written{}, err
			}
			return made(out.Body.Meta, nil)
		}
		saved, err := a.Engagement.UpdateTask(ctx, id, rev, func(t *engagement.Task) { item.Record.onto(t) })
		if err != nil {
			return written{}, err
		}
		return changed(saved.Meta, rev, nil)
	})
}

// target finds the record of an item that is known by a key of the sender's, and its revision; no id where it
// is to be added.
func (t BulkTarget) target(ctx context.Context, key string, find func(context.Context, string) (string, error), revision func(context.Context, string) (int64, error)) (string, int64, error) {
	if err := t.check(); err != nil || t.Op != "upsert" {
		return t.ID, t.Rev, err
	}
	if key == "" {
		return "", 0, fault.Field("record.key", "An upsert says what the sender calls the record.")
	}
	id, err := find(ctx, key)
	if err != nil || id == "" || t.Rev != 0 {
		return id, t.Rev, err
	}
	rev, err := revision(ctx, id)
	return id, rev, err
}
