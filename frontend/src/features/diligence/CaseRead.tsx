import { Anchor } from '@mantine/core';
import type { DiligenceCase } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { Section } from '@/shared/ui/Page';
import { Tag } from '@/shared/ui/Tag';
import type { CaseAnswer, CaseDocument } from './parts';
import { verdictTones, verdictWords } from './words';
import classes from './diligence.module.css';

/** Answers, documents and notes of a case that is decided, or for who only reads. */
export function CaseRead({ one }: { one: DiligenceCase }) {
  return (
    <>
      <Section title="Questions">
        <ul className={classes.questions}>
          {one.questions.map(({ id, text }) => (
            <Answered
              key={id}
              text={text}
              answer={one.answers.find(({ questionId }) => questionId === id)}
            />
          ))}
        </ul>
      </Section>
      <Section title="Documents">
        {one.documents.length === 0 ? (
          <p className={classes.mute}>No document is named.</p>
        ) : (
          <ul className={classes.list}>
            {one.documents.map((document, i) => (
              <li key={i}>
                <Where document={document} />
                <div className={classes.mute}>
                  {[document.kind, document.dated && formatDate(document.dated)]
                    .filter(Boolean)
                    .join(' · ')}
                </div>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {one.notes && (
        <Section title="Notes">
          <p className={classes.text}>{one.notes}</p>
        </Section>
      )}
    </>
  );
}

function Answered({ text, answer }: { text: string; answer: CaseAnswer | undefined }) {
  return (
    <li className={classes.question}>
      <div className={classes.ask}>
        <p>{text}</p>
        <Tag tone={answer ? verdictTones[answer.verdict] : 'plain'}>
          {answer ? verdictWords[answer.verdict] : 'No answer'}
        </Tag>
      </div>
      {answer?.note && <p className={classes.text}>{answer.note}</p>}
    </li>
  );
}

function Where({ document }: { document: CaseDocument }) {
  const isWeb = /^https?:\/\//.test(document.where);
  return isWeb ? (
    <Anchor href={document.where} target="_blank" rel="noreferrer noopener">
      {document.name}
    </Anchor>
  ) : (
    <>
      {document.name} <span className={classes.mute}>kept at: {document.where}</span>
    </>
  );
}
