"""The live floor: the only one that knows Socket.IO. It carries commands in and news out."""
