import type { DialogProps, Doing } from './dialogs';
import { EndForm, MovedPrompt } from './EndForm';
import { PostForm } from './PostForm';
import { SuccessorForm } from './SuccessorForm';

/** The dialog for what a person is about to do, if anything. */
export function PostDialog({ doing, ...props }: DialogProps & { doing: Doing | null }) {
  switch (doing?.what) {
    case 'add':
      return <PostForm {...props} post={null} start={doing.with} />;
    case 'edit':
      return <PostForm {...props} post={doing.post} start={{}} />;
    case 'end':
      return <EndForm {...props} post={doing.post} />;
    case 'moved':
      return <MovedPrompt {...props} post={doing.post} />;
    case 'succeed':
      return <SuccessorForm {...props} post={doing.post} />;
    case undefined:
      return null;
  }
}
