package view

import (
	"context"
	"testing"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/memory"
)

func open(t *testing.T) (*Repo, func(id string, role access.Role) context.Context) {
	t.Helper()
	db := store.New(memory.New(), store.Options{})
	r := NewRepo(db)
	if err := db.Start(access.AsSystem(context.Background(), "test"), nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return r, func(id string, role access.Role) context.Context {
		return access.With(context.Background(), access.Reader{AccountID: id, Name: "Name of " + id, Role: role})
	}
}

func TestWhoSeesAndChangesAView(t *testing.T) {
	t.Parallel()
	r, as := open(t)
	anna, ben, root := as("anna", access.Advocate), as("ben", access.Fundraiser), as("root", access.Administrator)
	v := &View{List: "stakeholders", Name: "  My   donors ", OwnerID: "ben"}
	if err := r.Create(anna, v); err != nil {
		t.Fatal(err)
	}
	if v.OwnerID != "anna" || v.Owner != "Name of anna" || v.Name != "My donors" {
		t.Fatalf("saved as %+v", v)
	}
	// Private: for others, also administrators, there is none.
	for _, ctx := range []context.Context{ben, root} {
		if _, err := r.Get(ctx, v.ID); !fault.Is(err, fault.NotFound) {
			t.Fatalf("a private view: %v", err)
		}
		if _, err := r.Update(ctx, v.ID, 1, func(v *View) { v.Shared = true }); !fault.Is(err, fault.NotFound) {
			t.Fatalf("a private view was changed: %v", err)
		}
		if err := r.Delete(ctx, v.ID, 1); !fault.Is(err, fault.NotFound) {
			t.Fatalf("a private view was removed: %v", err)
		}
	}
	v, err := r.Update(anna, v.ID, 1, func(v *View) { v.Shared, v.OwnerID = true, "ben" })
	if err != nil || v.OwnerID != "anna" {
		t.Fatalf("shared: %+v %v", v, err)
	}
	if list, _, err := r.Of(ben, "stakeholders"); err != nil || len(list) != 1 {
		t.Fatalf("ben sees %d: %v", len(list), err)
	}
	if _, err := r.Update(ben, v.ID, 2, func(v *View) { v.Name = "x" }); !fault.Is(err, fault.Forbidden) {
		t.Fatalf("ben changes anna's: %v", err)
	}
	if err := r.Delete(ben, v.ID, 2); !fault.Is(err, fault.Forbidden) {
		t.Fatalf("ben removes anna's: %v", err)
	}
	if v, err = r.Update(root, v.ID, 2, func(v *View) { v.Name = "Donors" }); err != nil || v.OwnerID != "anna" {
		t.Fatalf("an administrator: %+v %v", v, err)
	}
	if _, err := r.Update(anna, v.ID, 2, func(v *View) { v.Name = "late" }); !fault.Is(err, fault.Stale) {
		t.Fatalf("a stale write: %v", err)
	}
	if err := r.Delete(anna, v.ID, 2); !fault.Is(err, fault.Stale) {
		t.Fatalf("a stale removal: %v", err)
	}
	if err := r.Delete(root, v.ID, 3); err != nil {
		t.Fatal(err)
	}
}

func TestTheChosenView(t *testing.T) {
	t.Parallel()
	r, as := open(t)
	anna, ben := as("anna", access.Advocate), as("ben", access.Fundraiser)
	v := &View{List: "calls", Name: "Mine", Shared: true}
	if err := r.Create(anna, v); err != nil {
		t.Fatal(err)
	}
	if err := r.Choose(ben, "stakeholders", v.ID); !fault.Is(err, fault.Invalid) {
		t.Fatalf("a view of another list: %v", err)
	}
	for range 2 {
		if err := r.Choose(ben, "calls", v.ID); err != nil {
			t.Fatal(err)
		}
	}
	chosen := func(ctx context.Context) string {
		_, id, err := r.Of(ctx, "calls")
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	if chosen(ben) != v.ID || chosen(anna) != "" {
		t.Fatal("the choice is not one account's own")
	}
	// No longer shared: it is no choice any more, and nobody learns of it.
	if _, err := r.Update(anna, v.ID, 1, func(v *View) { v.Shared = false }); err != nil {
		t.Fatal(err)
	}
	if chosen(ben) != "" {
		t.Fatal("a view that is no longer shared is still opened")
	}
	if err := r.Choose(ben, "calls", ""); err != nil {
		t.Fatal(err)
	}
}

func TestAViewThatIsWrong(t *testing.T) {
	t.Parallel()
	r, as := open(t)
	err := r.Create(as("anna", access.Advocate), &View{List: "dogs", Columns: []string{"name", "name"}})
	var f *fault.Error
	if !fault.Is(err, fault.Invalid) {
		t.Fatal(err)
	}
	f = err.(*fault.Error)
	if len(f.Fields) != 3 {
		t.Fatalf("%v", f.Fields)
	}
}
