import { useQuery } from '@tanstack/react-query';
import { useMay } from '@/shared/session/session';
import { LoadingRows, Ready } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page, Section } from '@/shared/ui/Page';
import { ListState } from './ListState';
import { QuestionsEditor } from './QuestionsEditor';
import { policyQuery } from './queries';
import classes from './diligence.module.css';

/** The questions that cases are opened with, and the state of the sanctions list. */
export function PolicyPage() {
  const mayWrite = useMay('funding:write');
  const query = useQuery(policyQuery);
  return (
    <Page
      title="Questions and list"
      back={
        <TextLink to="/funding/diligence">
          <BackLabel>Due diligence</BackLabel>
        </TextLink>
      }
    >
      <div className={classes.columns}>
        <div className={classes.main}>
          <Section
            title="Questions of the donor policy"
            aside={query.data && `Version ${query.data.version}`}
          >
            <p className={classes.mute}>
              A case keeps the questions that it was opened with. A change makes a new version, for
              the cases to come.
            </p>
            <Ready query={query} loading={<LoadingRows rows={8} />}>
              {(policy) =>
                mayWrite ? (
                  <QuestionsEditor policy={policy} />
                ) : (
                  <ul className={classes.questions}>
                    {policy.questions.map(({ id, text, help }) => (
                      <li key={id} className={classes.question}>
                        {text}
                        {help && <div className={classes.mute}>{help}</div>}
                      </li>
                    ))}
                  </ul>
                )
              }
            </Ready>
          </Section>
        </div>
        <div className={classes.side}>
          <ListState />
        </div>
      </div>
    </Page>
  );
}
