//! Pictures of badges, made anew from what strangers upload.
