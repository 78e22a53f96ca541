# One path of classes by R's glmnet: Rscript peer_glmnet_classes.R FOLDER TOLERANCE FAMILY L1_SHARE. Runs twice and
# reports the second.
#
# FOLDER holds shape.txt (rows, inputs, λ, outputs) and, as little-endian doubles, inputs.bin by columns, targets.bin
# and lambdas.bin; weights.bin (by λ, then outputs), biases.bin and seconds.txt are written there.
suppressMessages(library(glmnet))
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
shape <- scan(file.path(folder, "shape.txt"), quiet = TRUE)
doubles <- function(name, n) readBin(file.path(folder, name), "double", n, endian = "little")
x <- matrix(doubles("inputs.bin", shape[1] * shape[2]), shape[1], shape[2])
y <- factor(doubles("targets.bin", shape[1]))
lambda <- doubles("lambdas.bin", shape[3])
# Else it ends where hardly anything is left to explain.
glmnet.control(fdev = 0, devmax = 1)
for (run in 1:2) {
  began <- Sys.time()
  found <- glmnet(x, y, family = arguments[3], alpha = as.numeric(arguments[4]), lambda = lambda, standardize = FALSE,
                  thresh = as.numeric(arguments[2]), maxit = 1e8)
  seconds <- as.numeric(Sys.time() - began, units = "secs")
}
betas <- if (arguments[3] == "binomial") list(found$beta) else found$beta
weights <- array(0, c(shape[2], shape[4], shape[3]))
for (k in seq_along(betas)) weights[, k, seq_along(found$lambda)] <- as.matrix(betas[[k]])
biases <- matrix(0, shape[4], shape[3])
biases[, seq_along(found$lambda)] <- found$a0
writeBin(as.vector(weights), file.path(folder, "weights.bin"), endian = "little")
writeBin(as.vector(biases), file.path(folder, "biases.bin"), endian = "little")
cat(format(seconds, digits = 15), file = file.path(folder, "seconds.txt"))
