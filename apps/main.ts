import { repository } from './repository';

repository().synth();
