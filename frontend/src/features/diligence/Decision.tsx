import { Button } from '@mantine/core';
import { useState } from 'react';
import type { DiligenceCase } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { useMay, useSession } from '@/shared/session/session';
import { Fact, Facts } from '@/shared/ui/Facts';
import { Section } from '@/shared/ui/Page';
import { AgreeDialog } from './AgreeDialog';
import { leftToDo } from './columns';
import { ProposeDialog } from './ProposeDialog';
import { ReturnDialog } from './ReturnDialog';
import { decidedWords, outcomeWords } from './words';
import classes from './diligence.module.css';

interface DecisionProps {
  one: DiligenceCase;
  /** Answers are typed and not saved: what is decided would not rest on them. */
  unsaved: boolean;
}

/** What was decided, what is proposed, or what is still left to do. */
export function Decision({ one, unsaved }: DecisionProps) {
  if (one.decision) return <Decided one={one} />;
  if (one.proposal) return <Proposed one={one} unsaved={unsaved} />;
  return <Undecided one={one} unsaved={unsaved} />;
}

const SaveFirst = () => <p className={classes.mute}>Save the answers first.</p>;

function Decided({ one }: { one: DiligenceCase }) {
  const { decision: d, names } = one;
  if (!d) return null;
  return (
    <Section title="Decision">
      <Facts>
        <Fact name="Outcome">{decidedWords[d.outcome]}</Fact>
        <Fact name="Reason">{d.reason}</Fact>
        <Fact name="Conditions">{d.conditions}</Fact>
        <Fact name="Holds until">{formatDate(d.expiresOn)}</Fact>
        <Fact name="Decided">
          {names[d.by]}; {names[d.reviewerId]} agreed on {formatDate(d.on)}
        </Fact>
        <Fact name="Remark">{d.remark}</Fact>
      </Facts>
    </Section>
  );
}

function Proposed({ one, unsaved }: DecisionProps) {
  const { account } = useSession();
  const [open, setOpen] = useState<'agree' | 'return' | null>(null);
  const { proposal: p, names } = one;
  if (!p) return null;
  const own = p.by === account.id;
  return (
    <Section title="Proposed decision">
      <Facts>
        <Fact name="Outcome">{outcomeWords[p.outcome]}</Fact>
        <Fact name="Reason">{p.reason}</Fact>
        <Fact name="Conditions">{p.conditions}</Fact>
        <Fact name="Until">{formatDate(p.expiresOn)}</Fact>
        <Fact name="Proposed by">{names[p.by]}</Fact>
      </Facts>
      {!one.mayAgree && (
        <p className={classes.mute}>It counts once another person has looked at it and agrees.</p>
      )}
      <div className={classes.row}>
        {one.mayAgree && (
          <Button disabled={unsaved} onClick={() => setOpen('agree')}>
            Agree
          </Button>
        )}
        {(one.mayAgree || own) && (
          <Button variant="default" disabled={unsaved} onClick={() => setOpen('return')}>
            {own ? 'Take it back' : 'Give it back'}
          </Button>
        )}
      </div>
      {unsaved && <SaveFirst />}
      {open === 'agree' && <AgreeDialog one={one} onClose={() => setOpen(null)} />}
      {open === 'return' && <ReturnDialog one={one} own={own} onClose={() => setOpen(null)} />}
    </Section>
  );
}

function Undecided({ one, unsaved }: DecisionProps) {
  const mayWrite = useMay('funding:write');
  const [proposing, setProposing] = useState(false);
  const left = leftToDo(one);
  return (
    <Section title="Decision">
      <p className={classes.text}>
        {left ? `Left to do: ${left}.` : 'All is answered; the decision can be made.'}
      </p>
      {mayWrite && (
        <div className={classes.row} style={{ marginTop: 12 }}>
          <Button
            variant={left ? 'default' : 'filled'}
            disabled={unsaved}
            onClick={() => setProposing(true)}
          >
            Propose a decision
          </Button>
        </div>
      )}
      {unsaved && <SaveFirst />}
      {proposing && <ProposeDialog one={one} onClose={() => setProposing(false)} />}
    </Section>
  );
}
