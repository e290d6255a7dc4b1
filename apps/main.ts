import { OnlineBoutique } from './online-boutique';
import { platform } from './platform';

const app = platform();
new OnlineBoutique(app);
app.synth();
